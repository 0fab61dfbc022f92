import canonicalize from "canonicalize";
import type { InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { inngest } from "@/inngest/client";
import { isSigned, sign } from "./signature";

/** Answers a signed call of the Inngest protocol. */
export type Endpoint = (request: Request) => Promise<Response>;

/** The SDK's own endpoint in this process: the same protocol and signatures as over HTTP, without the socket. */
export const inProcess = (functions: readonly InngestFunction.Any[]): Endpoint =>
  serve({ client: inngest, functions: [...functions], enableUnauthedSync: false });

type Call = {
  method: "POST" | "PUT";
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body: object;
};

/** What came back. `isAuthentic`: it was the SDK, holding our key. */
export type Answer = { status: number; headers: Headers; text: string; isAuthentic: boolean };

/** The endpoint and the key that both sides hold. */
export type Line = { endpoint: Endpoint; signingKey: string };

const ADDRESS = "http://127.0.0.1/api/inngest";

/** Sends one signed call. */
export async function call({ endpoint, signingKey }: Line, { method, query, headers, body }: Call): Promise<Answer> {
  // Signing what is sent, byte for byte, saves making the canonical form twice.
  const text = canonicalize(body) ?? "";
  const request = new Request(`${ADDRESS}?${new URLSearchParams(query)}`, {
    method,
    body: text,
    headers: {
      host: "127.0.0.1",
      "content-type": "application/json",
      "x-inngest-signature": sign(text, signingKey),
      ...headers,
    },
  });
  const response = await endpoint(request);
  const answer = await response.text();
  const isAuthentic =
    response.headers.has("x-inngest-sdk") && isSigned(answer, signingKey, response.headers.get("x-inngest-signature"));
  return { status: response.status, headers: response.headers, text: answer, isAuthentic };
}
