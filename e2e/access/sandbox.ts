import { sandbox } from "../vitest/sandbox";

const answer = await fetch(`${sandbox.github.apiUrl}/repos/acme/checkout`, {
  headers: { authorization: `Bearer ${sandbox.github.token}` },
});
const { id }: { id: number } = await answer.json();

/** acme/checkout, as the adapter names it. */
export const sandboxProject = { remoteId: String(id), key: "acme/checkout" };
