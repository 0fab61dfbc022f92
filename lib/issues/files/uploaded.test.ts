import { beforeEach, describe, expect, it } from "vitest";
import { gitlab } from "@/e2e/vitest/gitlab";
import { inPieces, smallImage } from "@/lib/attachments/testing";
import { uploadAttachment } from "@/lib/attachments/upload";
import { pageUrl } from "@/lib/attachments/view";
import { prisma } from "@/lib/db/client";
import { attachment, doc, image, paragraph } from "@/lib/richtext/build";
import { getOrStartDraft } from "../drafts";
import { requestCreation } from "../request-creation";
import { showCreation } from "../show-creation";
import { work } from "../test-scene";
import { makeTrackerScene } from "../test-trackers";

type Scene = Awaited<ReturnType<typeof makeTrackerScene>>;
let scene: Scene;
let shot: string;
let log: string;
let draftId: string;
beforeEach(async () => {
  scene = await makeTrackerScene(gitlab, "gitlab", "acme/web/checkout");
  const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
  ({ id: draftId } = await getOrStartDraft(scene.member, place));
  const upload = async (name: string, bytes: Uint8Array) =>
    (await uploadAttachment(scene.member, { name, owner: { draftId }, body: inPieces(bytes) })).id;
  shot = await upload("shot.png", await smallImage("image/png"));
  log = await upload("run.log", Buffer.from("one line\n"));
});

async function send() {
  const description = doc(
    paragraph("It shows ", image({ attachmentId: shot, alt: "the page" })),
    attachment({ attachmentId: log, name: "run.log" }),
  );
  const { creation } = await requestCreation(scene.member, {
    ...{ integrationId: scene.integrationId, title: "It fails", description, draftId },
    resultIds: [scene.results[0].resultId],
  });
  await work();
  const made = (await gitlab.issues("acme/web/checkout")).filter(({ title }) => title === "It fails");
  return { id: creation?.id ?? "", made };
}

const setPublic = (isPublic: boolean, uploadsFiles: boolean | null = null) =>
  prisma.externalProject.updateMany({ where: { assignmentId: scene.assignmentId }, data: { isPublic, uploadsFiles } });
const uploads = () => scene.calls().filter(({ method, path }) => method === "POST" && path.endsWith("/uploads"));
const warnings = async (id: string) => (await showCreation(scene.member, id)).creation.warnings;
const file = { method: "POST", path: "/uploads$" };

describe("files of an issue, where they stand by themselves", () => {
  it("[G8] are there before the issue, and its text shows them from there", async () => {
    await setPublic(false);
    const { id, made } = await send();
    expect(made).toHaveLength(1);
    expect(uploads()).toHaveLength(2);
    expect(made[0]?.body).toMatch(/!\[the page\]\(\S*\/uploads\/\S+shot\.png\S*\)/);
    expect(made[0]?.body).toMatch(/\/uploads\/\S+run\.log/);
    expect(made[0]?.body).not.toContain(pageUrl(scene.projectId, shot));
    expect(await warnings(id)).toEqual([]);
  });

  it("[G8] of a public project stay here, unless somebody has said otherwise", async () => {
    await setPublic(true);
    const { made } = await send();
    expect(uploads()).toEqual([]);
    expect(made[0]?.body).toContain(pageUrl(scene.projectId, shot));
  });

  it("[G8] of a project that was opened to the public since it was chosen stay here", async () => {
    await setPublic(false);
    gitlab.change(({ projects }) => {
      const project = projects.find(({ path }) => path === "acme/web/checkout");
      if (project) project.visibility = "public";
    });
    const { made } = await send();
    expect(uploads()).toEqual([]);
    expect(made[0]?.body).toContain(pageUrl(scene.projectId, shot));
  });

  it("[G8] of a public project go there where somebody has said so", async () => {
    await setPublic(true, true);
    await send();
    expect(uploads()).toHaveLength(2);
  });

  it("[G8] [G3] that may have got there are linked to instead, and not sent twice", async () => {
    await setPublic(false);
    gitlab.faults.add({ ...file, mode: "drop-reply", times: 1 });
    const { id, made } = await send();
    expect(made).toHaveLength(1);
    expect(uploads()).toHaveLength(2);
    expect(made[0]?.body).toContain(pageUrl(scene.projectId, shot));
    expect(await warnings(id)).toMatchObject([{ kind: "files_in_doubt" }]);
  });

  it("[G8] [G3] a lost answer of the creating call sends no file again, and the text is the same", async () => {
    await setPublic(false);
    gitlab.faults.add({ method: "POST", path: "/issues$", mode: "drop-reply", times: 1 });
    const { made } = await send();
    expect(made).toHaveLength(1);
    expect(uploads()).toHaveLength(2);
  });
});
