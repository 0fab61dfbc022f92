import type { Problem } from "@/lib/boundary";

/** What the API answered instead: problem details, to be shown as they are. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = "ApiProblem";
  }
}

type Sent = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  signal?: AbortSignal;
  key?: string;
};

/**
 * Calls our own API. Throws ApiProblem, also where no answer came at all. `key`: the same for a repetition, so that what
 * it asks for is done once.
 */
export async function call<T>(path: string, { method = "GET", body, signal, key }: Sent = {}): Promise<T> {
  const json = body === undefined ? undefined : JSON.stringify(body);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      // What was typed last outlives the tab that it was typed in. Browsers allow that up to 64 KB.
      keepalive: method === "PUT" && json !== undefined && json.length < 60_000,
      ...(signal && { signal }),
      ...(json !== undefined && { body: json }),
      headers: {
        ...(json !== undefined && { "content-type": "application/json" }),
        ...(key && { "idempotency-key": key }),
      },
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiProblem(noAnswer);
  }
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new ApiProblem(isProblem(answer) ? answer : noAnswer);
  return answer as T; // our own route, whose contract says what it answers
}

/** The problem of a failed call; anything unforeseen is told as one that got no answer. */
export const problemOf = (error: unknown): Problem => (error instanceof ApiProblem ? error.problem : noAnswer);

const noAnswer: Problem = {
  type: "urn:faultline:problem:unavailable",
  kind: "unavailable",
  title: "No answer",
  detail: "Faultline cannot be reached. What you typed is still here; try again in a moment.",
  status: 503,
  requestId: "",
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === "object" && value !== null && "kind" in value && "detail" in value;
