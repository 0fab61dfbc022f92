import type { SandboxCredential } from "./auth";

/** A client that knows nothing of ours: what an answer is, as it came. */
export function clientOf(baseUrl: string, authorization: string | null) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const isForm = body instanceof FormData;
    const answer = await fetch(baseUrl + path, {
      method,
      redirect: "manual",
      headers: {
        ...(authorization && { authorization }),
        ...(body !== undefined && !isForm && { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? null : isForm ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.includes("json") ?? false;
    return { status: answer.status, headers: answer.headers, data: isJson && text ? JSON.parse(text) : text };
  };
}

export const basic = (user: string, secret: string) => `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`;

/** The header that a sandbox credential makes. */
export function authorizationOf({ authType, values }: SandboxCredential): string {
  if (authType === "api_token" || authType === "scoped_token") return basic(values.email ?? "", values.token ?? "");
  if (authType === "basic") return basic(values.username ?? "", values.password ?? "");
  return `Bearer ${values.token}`;
}

/** A body in the Atlassian Document Format. */
export const adf = (text: string) => ({
  type: "doc",
  version: 1,
  content: [{ type: "paragraph", content: [{ type: "text", text }] }],
});
