import { beforeAll, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { discardDraft, getDraft, getOrStartDraft, saveDraft } from "./drafts";
import { openForm } from "./open-form";
import { makeScene, type Scene } from "./test-scene";

let scene: Scene;
let place: { integrationId: string; resultId: string };
beforeAll(async () => {
  scene = await makeScene(sandbox.github);
});
const typed = (text: string) => ({
  title: text,
  description: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text }] }] },
  labels: ["a"],
});
const fresh = async () => {
  place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
  await prisma.draft.deleteMany({});
  return getOrStartDraft(scene.member, place);
};

describe("a draft", () => {
  it("[G11] is on the server: another device finds it as it was left", async () => {
    const draft = await fresh();
    const { saved } = await saveDraft(scene.member, place, { version: draft.version, ...typed("half a sentence") });
    expect(saved).toBe(true);
    const elsewhere = await getOrStartDraft({ ...scene.member, sessionId: "another" }, place);
    expect(elsewhere).toMatchObject({ id: draft.id, title: "half a sentence", labels: ["a"], version: 2 });
    expect(await openForm(scene.member, place)).toMatchObject({ integrationId: scene.integrationId });
  });

  it("[G11] two tabs: the one that is behind gets the newer text, and neither text is lost", async () => {
    const draft = await fresh();
    await saveDraft(scene.member, place, { version: draft.version, ...typed("first tab") });
    const behind = await saveDraft(scene.member, place, { version: draft.version, ...typed("second tab") });
    expect(behind).toMatchObject({ saved: false, draft: { title: "first tab", version: 2 } });
    // Having seen it, the second tab may go on from there.
    const next = await saveDraft(scene.member, place, { version: behind.draft.version, ...typed("both") });
    expect(next).toMatchObject({ saved: true, draft: { title: "both", version: 3 } });
  });

  it("[G11] opened by two tabs at once, it is one", async () => {
    await fresh();
    await prisma.draft.deleteMany({});
    const [one, two] = await Promise.all([getOrStartDraft(scene.member, place), getOrStartDraft(scene.member, place)]);
    expect(one.id).toBe(two.id);
  });

  it("[A4] is its author's alone", async () => {
    const draft = await fresh();
    await expect(getDraft(scene.owner, draft.id)).rejects.toMatchObject({ kind: "not_found" });
    await expect(discardDraft(scene.owner, draft.id)).rejects.toMatchObject({ kind: "not_found" });
    const theirs = await getOrStartDraft(scene.owner, place);
    expect(theirs.id).not.toBe(draft.id);
  });

  it("[K1] leaves an audit row when it is started and when it is discarded", async () => {
    const draft = await fresh();
    await discardDraft(scene.member, draft.id);
    const entries = await prisma.auditEntry.findMany({ where: { subjectId: draft.id }, orderBy: { id: "asc" } });
    expect(entries.map(({ action }) => action)).toEqual(["draft.started", "draft.discarded"]);
    await expect(saveDraft(scene.member, place, { version: 1, ...typed("late") })).rejects.toMatchObject({
      kind: "not_found",
    });
  });
});
