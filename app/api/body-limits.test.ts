import { NextRequest } from "next/server";
import { expect, it } from "vitest";
import { withHeaders } from "@/e2e/vitest/next-headers";
import { env } from "@/lib/env";
import { POST as signIn } from "./auth/[...nextauth]/route";
import { POST as run, PUT as sync } from "./inngest/route";

const send = (path: string, method: string, bytes: number) => {
  const headers = new Headers({ origin: new URL(env().FAULTLINE_URL).origin, "content-type": "application/json" });
  const body = JSON.stringify({ csrfToken: "x", email: "x".repeat(bytes) });
  return { headers, request: new NextRequest(new URL(path, env().FAULTLINE_URL), { method, headers, body }) };
};

// Nobody has to be signed in to reach these, and the libraries behind them read a body to its end.
it.each([
  ["/api/auth/callback/credentials", "POST", 17 * 1024],
  ["/api/inngest?fnId=faultline-create-issue&stepId=step", "POST", 5 * 1024 * 1024],
  ["/api/inngest", "PUT", 5 * 1024 * 1024],
])("[K6] %s %s refuses a body that is too large before anything reads it", async (path, method, bytes) => {
  const { headers, request } = send(path, method, bytes);
  const response = await withHeaders(headers, () => {
    if (path.startsWith("/api/inngest")) return (method === "POST" ? run : sync)(request);
    return signIn(request, { params: Promise.resolve({ nextauth: ["callback", "credentials"] }) });
  });
  expect(response.status).toBe(413);
});
