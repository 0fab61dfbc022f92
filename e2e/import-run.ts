import { type APIRequestContext, expect } from "@playwright/test";
import type { Demo } from "./demo";

/** A word that no other run has, of letters alone: what varies would be masked. */
export const fresh = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => String.fromCharCode(97 + (byte % 26))).join("");

/** Imports a JUnit report as a run of its own; the address of the run's page. */
export async function importRun(
  request: APIRequestContext,
  demo: Demo,
  report: string,
  projectId = demo.projectId,
): Promise<string> {
  const answer = await request.post(
    `/api/projects/${projectId}/runs/import?branch=main&commit=a1b9f3c&run=${fresh()}`,
    {
      headers: { authorization: `Bearer ${demo.apiToken}`, "content-type": "application/xml" },
      data: report,
    },
  );
  expect(answer.status()).toBe(200);
  return `/projects/${projectId}/runs/${(await answer.json()).run.id}`;
}
