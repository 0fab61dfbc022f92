import { afterAll } from "vitest";
import { startSandbox } from "../sandbox/sandbox";

/** A GitHub that the worlds' integrations point at. */
export const sandbox = await startSandbox({ validate: false });
process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = sandbox.allow.join(",");

afterAll(() => sandbox.close());

const answer = await fetch(`${sandbox.github.apiUrl}/repos/acme/checkout`, {
  headers: { authorization: `Bearer ${sandbox.github.token}` },
});
const { id }: { id: number } = await answer.json();

/** acme/checkout, as the adapter names it. */
export const sandboxProject = { remoteId: String(id), key: "acme/checkout" };
