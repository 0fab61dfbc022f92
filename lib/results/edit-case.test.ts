import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Member } from "@/lib/auth/member";
import { pool, prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { caseInput } from "./case-inputs";
import { getCase } from "./cases";
import { editCase } from "./edit-case";
import { inPieces } from "./formats/test-read";
import { importResults } from "./import";
import { History, makeProjectAdmin } from "./test-scene";

let member: Member;
let caseId: string;

beforeEach(async () => {
  member = await makeProjectAdmin();
  caseId = await new History(member).caseOf("pays");
});

const edit = (input: Record<string, unknown>, as = member, id = caseId) => editCase(as, id, caseInput.parse(input));
const text = (words: string) => ({
  type: "doc",
  content: [{ type: "paragraph", content: [{ type: "text", text: words }] }],
});
const audited = () =>
  prisma.auditEntry.findMany({
    where: { workspaceId: member.workspaceId, action: "case.edited" },
    orderBy: { id: "asc" },
    select: { before: true, after: true, projectId: true, subjectId: true },
  });

describe("a test case edited by hand", () => {
  it("[B1] keeps steps, expected result, owner, component and tags, and what was not sent as it was", async () => {
    const first = await edit({
      version: 1,
      steps: text("open it"),
      expected: text("it opens"),
      owner: " Ada ",
      tags: ["a", "b", "a"],
    });
    expect(first).toMatchObject({ version: 2, owner: "Ada", component: null, tags: ["a", "b"] });
    await edit({ version: 2, component: "Payments", owner: "" });
    expect(await getCase(member, caseId)).toMatchObject({
      ...{ version: 3, owner: null, component: "Payments", tags: ["a", "b"] },
      ...{ steps: text("open it"), expected: text("it opens"), name: "pays", severity: "medium" },
    });
    await edit({ version: 3, steps: null, expected: { type: "doc", content: [{ type: "paragraph" }] } });
    expect(await getCase(member, caseId)).toMatchObject({ steps: null, expected: null, component: "Payments" });
  });

  it("[B1] refuses a version that is behind, and changes nothing then", async () => {
    await edit({ version: 1, owner: "Ada" });
    await expect(edit({ version: 1, owner: "Bob" })).rejects.toMatchObject({ kind: "conflict" });
    await expect(edit({ version: 3, owner: "Bob" })).rejects.toMatchObject({ kind: "conflict" });
    expect(await getCase(member, caseId)).toMatchObject({ version: 2, owner: "Ada" });
    expect(await audited()).toHaveLength(1);
  });

  it("[B1] of ten that save at once over one version, one does", async () => {
    const all = await Promise.allSettled(Array.from({ length: 10 }, (_, at) => edit({ version: 1, owner: `${at}` })));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await getCase(member, caseId)).toMatchObject({ version: 2 });
  });

  it("[B1] waits for whoever saves just now, and does not overwrite it", async () => {
    const client = await pool.connect();
    await client.query("begin");
    await client.query(`update "TestCase" set owner = 'Bob', version = 2 where id = $1`, [caseId]);
    const saving = edit({ version: 1, owner: "Ada" });
    saving.catch(() => {});
    await vi.waitFor(async () => {
      const { rows } = await pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rows).not.toEqual([]);
    });
    await client.query("commit");
    client.release();
    await expect(saving).rejects.toMatchObject({ kind: "conflict" });
    expect(await getCase(member, caseId)).toMatchObject({ version: 2, owner: "Bob" });
  });

  it.each([
    ["owner", { owner: "x".repeat(201) }],
    ["owner", { owner: "two\nlines" }],
    ["component", { component: "a\0b" }],
    ["tags", { tags: Array.from({ length: 51 }, (_, at) => `${at}`) }],
    ["tags.0", { tags: ["x".repeat(101)] }],
    ["tags.0", { tags: [" "] }],
    ["version", { version: "1" }],
  ])("[B1] refuses a %s that is too long or none", (field, input) => {
    const parsed = caseInput.safeParse({ version: 1, ...input });
    expect(parsed.error?.issues[0]?.path.join(".")).toBe(field);
  });

  it("[B1] refuses a document that is none, and one that is too large", async () => {
    for (const steps of [{ type: "nothing" }, "words", 7, text("x".repeat(200_000))])
      await expect(edit({ version: 1, steps })).rejects.toMatchObject({ kind: "invalid_input" });
    const hostile = await edit({
      version: 1,
      steps: {
        type: "doc",
        content: [
          {
            type: "paragraph",
            content: [{ type: "text", text: "x", marks: [{ type: "link", attrs: { href: "javascript:alert(1)" } }] }],
          },
        ],
      },
    });
    expect(JSON.stringify(hostile.steps)).not.toContain("javascript:");
  });

  it("[K1] is written to the audit log with what changed, cut and without secrets", async () => {
    await edit({ version: 1, owner: "Ada", tags: ["x"] });
    const secret = `ghp_${"a1B2c3D4e5".repeat(4).slice(0, 36)}`;
    await edit({ version: 2, owner: "Bob", steps: text(`sign in with ${secret} ${"and go on ".repeat(500)}`) });
    const [first, second] = await audited();
    expect(first).toMatchObject({
      ...{ projectId: member.projectId, subjectId: caseId },
      before: { version: 1, owner: null, tags: [] },
      after: { version: 2, owner: "Ada", tags: ["x"] },
    });
    expect(first?.before).not.toHaveProperty("component");
    expect(second).toMatchObject({ before: { owner: "Ada", steps: null }, after: { owner: "Bob" } });
    expect(JSON.stringify(second)).not.toContain(secret);
    expect(JSON.stringify(second).length).toBeLessThan(2_000);
  });

  it("[B1] is told to open pages", async () => {
    const client = await pool.connect();
    const heard: unknown[] = [];
    client.on("notification", ({ payload }) => heard.push(JSON.parse(payload ?? "null")));
    await client.query("listen pages");
    await edit({ version: 1, owner: "Ada" });
    await client.query("select 1");
    client.release(true);
    expect(heard).toContainEqual({
      workspaceId: member.workspaceId,
      projectId: member.projectId,
      topic: "case",
      id: caseId,
    });
  });

  it("[A4] is of its project alone", async () => {
    const stranger = await makeProjectAdmin();
    const { id } = await createProject(member, { name: "Second", description: "", defaultBranch: "main" });
    for (const as of [stranger, { ...member, projectId: id }])
      await expect(edit({ version: 1, owner: "Eve" }, as)).rejects.toMatchObject({ kind: "not_found" });
    for (const absent of [newId(), "x"])
      await expect(edit({ version: 1 }, member, absent)).rejects.toMatchObject({ kind: "not_found" });
    expect(await getCase(member, caseId)).toMatchObject({ version: 1, owner: null });
  });
});

it("[B1] an import renames a case of a test_id, and leaves what people wrote", async () => {
  const report = (suite: string, name: string) =>
    inPieces(
      `<testsuite name="${suite}"><testcase classname="C" name="${name}"><properties><property name="test_id" value="T-1"/></properties></testcase></testsuite>`,
    );
  await importResults(member, report("old", "before"));
  const { id } = await prisma.testCase.findFirstOrThrow({ where: { projectId: member.projectId, name: "before" } });
  const written = { steps: text("mine"), owner: "Ada", component: "Pay", tags: ["a"] };
  await edit({ version: 1, ...written }, member, id);
  await importResults(member, report("new", "after"));
  expect(await getCase(member, id)).toMatchObject({ suite: "new", name: "after", version: 2, ...written });
  // A tab that was open over the import still saves.
  await edit({ version: 2, owner: "Bob" }, member, id);
});
