import { beforeAll, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { importTests } from "@/lib/triage/testing/scene";
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

describe("a draft for a whole failure group", () => {
  const failing = (names: string[]) =>
    names.map((name) => ({ name, type: "StockError", message: `no article ${name.length} left in the warehouse` }));

  it("[G11] [G1] is one for the group, from whichever of its results, beside the one for a result alone", async () => {
    const first = await importTests(scene, failing(["ships", "packs"]));
    const { integrationId } = scene;
    const resultId = first.resultOf("ships");
    const at = { integrationId, resultId, groupId: first.groupOf("ships") };
    const [one, two] = await Promise.all([getOrStartDraft(scene.member, at), getOrStartDraft(scene.member, at)]);
    expect(one.id).toBe(two.id);
    const alone = await getOrStartDraft(scene.member, { integrationId, resultId });
    expect(alone.id).not.toBe(one.id);

    await saveDraft(scene.member, at, { version: one.version, ...typed("all of them") });
    expect(await getOrStartDraft(scene.member, { integrationId, resultId })).toMatchObject({ title: alone.title });
    const next = await importTests(scene, failing(["ships", "packs", "sends"]));
    const later = { ...at, resultId: next.resultOf("sends") };
    const reopened = await getOrStartDraft(scene.member, later);
    expect(reopened).toMatchObject({ id: one.id, title: "all of them", version: 2, resultId: next.resultOf("sends") });
    // A tab that was opened in the first run saves all the same.
    expect(await saveDraft(scene.member, at, { version: 2, ...typed("still all") })).toMatchObject({ saved: true });
    expect(await openForm(scene.member, later)).toMatchObject({ integrationId });
  });

  it("[A4] [G1] a group of another project is not found, a result of another group is refused", async () => {
    const mine = await importTests(scene, [...failing(["ships"]), { name: "pays", message: "gateway is silent" }]);
    const other = await makeScene(sandbox.github);
    const theirs = await importTests(other, failing(["ships"]));
    const at = { integrationId: scene.integrationId, resultId: mine.resultOf("ships") };
    for (const groupId of [theirs.groupOf("ships"), "nonsense"]) {
      await expect(getOrStartDraft(scene.member, { ...at, groupId })).rejects.toMatchObject({ kind: "not_found" });
      await expect(openForm(scene.member, { ...at, groupId })).rejects.toMatchObject({ kind: "not_found" });
    }
    await expect(getOrStartDraft(scene.member, { ...at, groupId: mine.groupOf("pays") })).rejects.toMatchObject({
      kind: "invalid_input",
    });
  });
});
