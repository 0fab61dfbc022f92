import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { pool, prisma } from "@/lib/db/client";
import { saveSecretPattern } from "@/lib/projects/secret-patterns";
import { codeBlock, doc, image, link, mention, paragraph } from "@/lib/richtext/build";
import { parseDoc } from "@/lib/richtext/doc";
import { discardDraft, getOrStartDraft, saveDraft } from "./drafts";
import { previewDraft } from "./preview";
import { showCreation } from "./show-creation";
import { ask, type FreshScene, makeFreshScene, readCreation, start, work } from "./test-scene";

let scene: FreshScene;
let token: string;
beforeEach(async () => {
  scene = await makeFreshScene(sandbox);
  token = `ghp_${randomBytes(18).toString("hex")}`;
});

const textWith = (secret: string) =>
  doc(paragraph("It fails."), codeBlock(`GET /user\nauthorization: token ${secret}`));

/** Everything that has left for the tracker. */
const left = () => JSON.stringify(scene.posts().map(({ body }) => body));

/** The columns of the whole database that a text stands in, by their tables. */
async function placesOf(text: string): Promise<Record<string, string[]>> {
  const places: Record<string, string[]> = {};
  const { rows: tables } = await pool.query<{ table: string; quoted: string }>(
    `select table_schema || '.' || table_name as table, format('%I.%I', table_schema, table_name) as quoted
     from information_schema.tables where table_schema in ('public', 'executor') and table_type = 'BASE TABLE'`,
  );
  for (const { table, quoted } of tables) {
    const { rows } = await pool.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${quoted} t`);
    const columns = rows.flatMap(({ row }) => Object.keys(row).filter((at) => JSON.stringify(row[at]).includes(text)));
    if (columns.length > 0) places[table] = [...new Set(columns)].sort();
  }
  return places;
}

describe("secrets in a text that leaves", () => {
  it("[G5] are masked in text, title and labels, and the tracker's own form, and the creation says so", async () => {
    const id = await start(scene, {
      title: `Login fails with ${token}`,
      description: textWith(token),
      labels: [token],
    });
    await work();
    expect(left()).toContain("[masked: GitHub token]");
    expect(left()).not.toContain(token);
    const { newIssueUrl } = await readCreation(id);
    expect(decodeURIComponent(newIssueUrl ?? "").replaceAll("+", " ")).toContain("[masked: GitHub token]");
    expect(newIssueUrl).not.toContain(token);
    const { creation } = await showCreation(scene.member, id);
    expect(creation).toMatchObject({
      state: "created",
      warnings: expect.arrayContaining([
        { kind: "secrets_masked", message: expect.any(String), counts: { "GitHub token": 3 } },
      ]),
    });
    expect(JSON.stringify(creation.warnings)).not.toContain(token);
  });

  it("[G5] are shown in the preview without themselves, and sent where a person has chosen each", async () => {
    const other = `ghp_${randomBytes(18).toString("hex")}`;
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const draft = await getOrStartDraft(scene.member, place);
    const content = { version: 1, title: "It fails", labels: [], description: textWith(`${token} ${other}`) };
    await saveDraft(scene.member, place, content);
    const { findings, output } = await previewDraft(scene.member, draft.id);
    expect(findings).toMatchObject([
      { hint: "GitHub token", place: "description", isRevealed: false },
      { hint: "GitHub token", place: "description", isRevealed: false },
    ]);
    expect(JSON.stringify(findings)).not.toMatch(new RegExp(`${token}|${other}`));
    expect(output).not.toMatch(new RegExp(`${token}|${other}`));

    const revealed = findings.slice(0, 1).map(({ id }) => id);
    const inForm = { ...scene.member, via: "session" as const };
    await saveDraft(inForm, place, { ...content, version: 2, revealed });
    const chosen = await previewDraft(scene.member, draft.id);
    expect(chosen.output).toContain(token);
    expect(chosen.output).not.toContain(other);

    const { title, description } = await prisma.draft.findUniqueOrThrow({ where: { id: draft.id } });
    await ask(scene, { title, description: parseDoc(description), draftId: draft.id, revealed }, inForm);
    await work();
    expect(scene.posts().map(({ body }) => body)).toMatchObject([{ body: chosen.output }]);
  });

  it("[G5] [A4] cannot be revealed without a form, nor with an API token", async () => {
    const revealed = ["github-token-000000"];
    await expect(ask(scene, { revealed })).rejects.toMatchObject({ fields: { revealed: expect.any(String) } });
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const { id: draftId } = await getOrStartDraft(scene.member, place);
    const byToken = { ...scene.member, via: "token" as const };
    await expect(ask(scene, { revealed, draftId }, byToken)).rejects.toMatchObject({ kind: "invalid_input" });
    // Nor beforehand, so that the form would open with it.
    const content = { version: 1, title: "It fails", labels: [], description: textWith(token) };
    await expect(saveDraft(byToken, place, { ...content, revealed })).rejects.toMatchObject({ kind: "invalid_input" });
    expect(await saveDraft(byToken, place, { ...content, revealed: [] })).toMatchObject({ saved: true });
  });

  it("[G5] stand nowhere but in the person's own text: no event, job, call, log row or address has them", async () => {
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const { id: draftId } = await getOrStartDraft(scene.member, place);
    const description = doc(
      paragraph(link(`https://x.example/?k=${token}`, "a"), image({ src: `https://x.example/${token}`, alt: token })),
      paragraph(mention({ id: "1", label: token, handle: null, integrationId: null })),
      codeBlock(token, token),
    );
    const text = { title: `It fails with ${token}`, labels: [token], description };
    await saveDraft(scene.member, place, { version: 1, ...text });
    expect(JSON.stringify(await previewDraft(scene.member, draftId))).not.toContain(token);
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "status", status: 422, body: { message: "no" } });
    const id = await start(scene, { ...text, draftId });
    await work();
    expect(await readCreation(id)).toMatchObject({ state: "failed", newIssueUrl: expect.any(String) });
    expect(scene.posts()).toHaveLength(1);
    expect(left()).not.toContain(token);
    expect(await placesOf(token)).toEqual({
      "public.Draft": ["description", "labels", "title"],
      "public.IssueCreation": ["description"],
    });
  });

  it("[G5] [G11] stay out of the log of who threw which text away", async () => {
    await saveSecretPattern(scene.owner, { name: "billing key", pattern: "/bill_[0-9a-f]{24}/" });
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const { id } = await getOrStartDraft(scene.member, place);
    const title = `It fails with ${token} and bill_0123456789abcdef01234567`;
    await saveDraft(scene.member, place, { version: 1, title, labels: [], description: textWith(token) });
    await discardDraft(scene.member, id);
    const entries = await prisma.auditEntry.findMany({ where: { subjectId: id } });
    expect(JSON.stringify(entries)).toContain("It fails with [masked: GitHub token] and [masked: billing key]");
    expect(JSON.stringify(entries)).not.toMatch(new RegExp(`${token}|bill_0123`));
  });

  it("[G5] are found by the project's own patterns as well", async () => {
    await saveSecretPattern(scene.owner, { name: "billing key", pattern: "/bill_[0-9a-f]{24}/" });
    await start(scene, { description: textWith("bill_0123456789abcdef01234567") });
    await work();
    expect(left()).toContain("[masked: billing key]");
    expect(left()).not.toContain("bill_0123");
  });
});
