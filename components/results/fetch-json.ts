import type { Problem } from "@/lib/boundary";

/** A failure as our API tells it. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** Reads JSON of our API; failures come as ApiError. */
export async function fetchJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { headers: { accept: "application/json" }, ...(signal && { signal }) });
  const body: unknown = await response.json();
  if (!response.ok) throw new ApiError(body as Problem); // the API answers nothing else
  return body as T; // the route's contract says so, and the contract is checked against it
}
