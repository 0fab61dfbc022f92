import { beforeEach, describe, expect, it } from "vitest";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { makeResult, makeRun } from "@/lib/issues/test-scene";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { createProject } from "./create";
import { deleteSecretPattern, listSecretPatterns, saveSecretPattern } from "./secret-patterns";
import { tryPattern } from "./try-pattern";

let member: Member;
beforeEach(async () => {
  const admin = await makeAdmin();
  const { id: projectId } = await createProject(admin, { name: "Checkout", description: "", defaultBranch: "main" });
  member = { ...admin, projectId, projectRole: "ADMIN" };
});

const audited = async () => {
  const rows = await prisma.auditEntry.findMany({
    where: { projectId: member.projectId, action: { startsWith: "secret_pattern.", not: "secret_pattern.tried" } },
    orderBy: { id: "asc" },
  });
  return rows.map(({ action, after }) => [action, after]);
};

describe("a project's own patterns", () => {
  it("[G5] are added, changed and deleted, each with its entry in the log, which names them and says no more", async () => {
    await saveSecretPattern(member, { name: "key", pattern: "/key_[0-9]{8}/" });
    const [{ id: patternId } = { id: "" }] = await listSecretPatterns(member);
    await saveSecretPattern(member, { patternId, name: "long key", pattern: "/key_[0-9]{12}/" });
    expect(await listSecretPatterns(member)).toEqual([{ id: patternId, name: "long key", pattern: "/key_[0-9]{12}/" }]);
    await deleteSecretPattern(member, patternId);
    expect(await listSecretPatterns(member)).toEqual([]);
    expect(await audited()).toEqual([
      ["secret_pattern.added", { patterns: ["key"] }],
      ["secret_pattern.changed", { patterns: ["long key"] }],
      ["secret_pattern.deleted", { patterns: [] }],
    ]);
  });

  it.each([
    ["is no expression", "/key_[0-9/"],
    ["finds everything", "/.+/"],
    ["finds the empty text", "/[0-9]*/"],
    ["looks around", "/(?=key)key_[0-9]+/"],
    ["is too short", "ab"],
  ])("[G5] one that %s is refused on its field, in words", async (_, pattern) => {
    const refused = { kind: "invalid_input", fields: { pattern: expect.stringMatching(/\w{4}.*\./) } };
    await expect(saveSecretPattern(member, { name: "x", pattern })).rejects.toMatchObject(refused);
    await expect(tryPattern(member, { pattern, text: "" })).rejects.toMatchObject(refused);
    expect(await audited()).toEqual([]);
  });

  it("[G5] [A4] another project's, an absent and a malformed one: not found", async () => {
    for (const patternId of ["0197a000-0000-7000-8000-000000000001", "nonsense"]) {
      await expect(deleteSecretPattern(member, patternId)).rejects.toMatchObject({ kind: "not_found" });
      await expect(saveSecretPattern(member, { patternId, name: "x", pattern: "abcdef" })).rejects.toMatchObject({
        kind: "not_found",
      });
    }
  });

  it("[G5] can be tried on a text and on the project's latest failures, whose secrets stay masked", async () => {
    const run = await makeRun(member, member.projectId);
    const { resultId } = await makeResult(member, run, "pays");
    await makeResult(member, run, "refunds");
    const data = { message: "refused: key_12345678 is unknown" };
    await prisma.testResult.update({ where: { id: resultId }, data });
    const tried = await tryPattern(member, { pattern: "/key_[0-9]{8}/", text: "a key_00000000 and key_1" });
    expect(tried).toEqual({
      inText: ["a [masked: found] and key_1"],
      searched: 2,
      found: 1,
      examples: [{ runId: run.runId, resultId, run: 1, test: "pays", hint: "refused: [masked: found] is unknown" }],
    });
  });
});
