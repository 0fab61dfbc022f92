import { afterAll, expect, it, vi } from "vitest";
import { startSandbox } from "@/e2e/sandbox/sandbox";
import { makeScene } from "@/lib/issues/test-scene";
import { listRepositories } from "./list-repositories";

// Before anything reads which addresses may be called.
vi.hoisted(() => {
  process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = "127.0.0.1";
});

const large = await startSandbox({ extraRepos: 3_000, validate: false });
afterAll(() => large.close());

it("[E2] finds one of thousands by a part of its name, and pages through all of them, each once", async () => {
  const { owner, assignmentId } = await makeScene(large.github);
  const all = new Map<string, string>();
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await listRepositories(owner, assignmentId, { cursor });
    expect(page.repositories.length).toBeGreaterThan(0);
    for (const { remoteId, key } of page.repositories) {
      expect(all.has(remoteId), key).toBe(false);
      all.set(remoteId, key);
    }
    cursor = page.next ?? undefined;
    pages++;
  } while (cursor !== undefined);
  expect(all.size).toBeGreaterThanOrEqual(3_000);
  expect(pages).toBeLessThanOrEqual(all.size / 25);

  // The tracker lists a hundred at a time and this one is on a late page: what is shown is not empty but for the end.
  const last = [...all.values()].at(-1) ?? "";
  const found: string[] = [];
  cursor = undefined;
  do {
    const page = await listRepositories(owner, assignmentId, { query: last, cursor });
    found.push(...page.repositories.map(({ key }) => key));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(found).toContain(last);
});
