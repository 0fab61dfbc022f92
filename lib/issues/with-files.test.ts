import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { inPieces, smallImage } from "@/lib/attachments/testing";
import { uploadAttachment } from "@/lib/attachments/upload";
import { pageUrl } from "@/lib/attachments/view";
import { prisma } from "@/lib/db/client";
import { attachment, doc, image, paragraph } from "@/lib/richtext/build";
import { getOrStartDraft, saveDraft } from "./drafts";
import { previewDraft } from "./preview";
import { type FreshScene, makeFreshScene, start, work } from "./test-scene";

let scene: FreshScene;
beforeEach(async () => {
  scene = await makeFreshScene(sandbox);
});

describe("files in a text", () => {
  it("[G8] that were pasted into the form are sent as links, and stay when the draft goes", async () => {
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const { id: draftId } = await getOrStartDraft(scene.member, place);
    const upload = async (name: string, bytes: Uint8Array) =>
      (await uploadAttachment(scene.member, { name, owner: { draftId }, body: inPieces(bytes) })).id;
    const [shot, log] = [
      await upload("shot.png", await smallImage("image/png")),
      await upload("run.log", Buffer.from("one line\n")),
    ];
    const description = doc(
      paragraph("It shows ", image({ attachmentId: shot, alt: "the page" })),
      attachment({ attachmentId: log, name: "run.log" }),
    );
    await saveDraft(scene.member, place, { version: 1, title: "It fails", labels: [], description });
    const { output } = await previewDraft(scene.member, draftId);
    for (const id of [shot, log]) expect(output).toContain(pageUrl(scene.projectId, id));

    const id = await start(scene, { title: "It fails", description, draftId });
    await work();
    const [made] = (await sandbox.issues("acme/checkout")).filter(({ title }) => title === "It fails");
    expect(made?.body).toBe(output);
    expect(await prisma.draft.count({ where: { id: draftId } })).toBe(0);
    const kept = await prisma.attachment.findMany({ where: { creationId: id }, select: { id: true } });
    expect(kept.map((file) => file.id).sort()).toEqual([shot, log].sort());
  });

  it("[G8] that were chosen beside it stay as well", async () => {
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const { id: draftId } = await getOrStartDraft(scene.member, place);
    const upload = { name: "run.log", owner: { draftId }, body: inPieces(Buffer.from("one line\n")) };
    const { id: fileId } = await uploadAttachment(scene.member, upload);
    const id = await start(scene, { draftId, attached: [fileId] });
    await work();
    expect(scene.posts()).toMatchObject([{ body: { body: expect.stringContaining("run.log") } }]);
    expect(await prisma.attachment.findUnique({ where: { id: fileId } })).toMatchObject({ creationId: id });
  });

  it("[A4] [G8] that are in another member's draft are nobody's to show, to name or to take along", async () => {
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const { id: theirs } = await getOrStartDraft(scene.owner, place);
    const upload = async () =>
      (
        await uploadAttachment(scene.owner, {
          name: "salaries.txt",
          owner: { draftId: theirs },
          body: inPieces(Buffer.from("a lot\n")),
        })
      ).id;
    const [inText, beside] = [await upload(), await upload()];
    const any = new RegExp(`salaries|${inText}|${beside}`);

    const { id: draftId } = await getOrStartDraft(scene.member, place);
    const description = doc(paragraph("a", image({ attachmentId: inText, alt: "b" })));
    const content = { version: 1, title: "It fails", labels: [], description, attached: [beside] };
    await saveDraft(scene.member, place, content);
    const { frame, output } = await previewDraft(scene.member, draftId);
    const told = JSON.stringify([{ ...frame, reachable: Object.values(frame.reachable) }, output]);
    expect(told).not.toMatch(any);

    const id = await start(scene, { description, draftId, attached: [beside] });
    await work();
    expect(JSON.stringify(scene.posts())).not.toMatch(any);
    expect(await prisma.attachment.count({ where: { draftId: theirs } })).toBe(2);
    expect(await prisma.attachment.count({ where: { creationId: id } })).toBe(0);
  });
});
