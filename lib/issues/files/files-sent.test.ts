import { beforeEach, describe, expect, it } from "vitest";
import { jira } from "@/e2e/vitest/jira";
import { inPieces, smallImage } from "@/lib/attachments/testing";
import { uploadAttachment } from "@/lib/attachments/upload";
import { prisma } from "@/lib/db/client";
import { env } from "@/lib/env";
import { attachment, doc, image, paragraph } from "@/lib/richtext/build";
import { getOrStartDraft } from "../drafts";
import { listIssues } from "../list-issues";
import { requestCreation } from "../request-creation";
import { showCreation } from "../show-creation";
import { work } from "../test-scene";
import { makeTrackerScene } from "../test-trackers";

type Scene = Awaited<ReturnType<typeof makeTrackerScene>>;
let scene: Scene;
let draftId: string;
beforeEach(async () => {
  scene = await makeTrackerScene(jira, "jira-cloud", "PAY");
  const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
  ({ id: draftId } = await getOrStartDraft(scene.member, place));
});

const upload = async (name: string, bytes: Uint8Array) =>
  (await uploadAttachment(scene.member, { name, owner: { draftId }, body: inPieces(bytes) })).id;
const token = `ghp_${"a1".repeat(18)}`;

async function send(change: { attached?: string[]; description?: ReturnType<typeof doc> } = {}) {
  const { creation } = await requestCreation(scene.member, {
    ...{ integrationId: scene.integrationId, title: "It fails", description: "Often.", type: "Task", draftId },
    ...{ resultIds: [scene.results[0].resultId], ...change },
  });
  await work();
  const made = (await jira.issues("PAY")).filter(({ title }) => title === "It fails");
  return { id: creation?.id ?? "", made };
}

const posts = () => scene.calls().filter(({ method, path }) => method === "POST" && path.endsWith("/attachments"));
const warnings = async (id: string) => (await showCreation(scene.member, id)).creation.warnings;
const file = { method: "POST", path: "/attachments$" };

describe("files of an issue, where the tracker can hold them", () => {
  it("[G8] pictures in the text and chosen logs stand beside it, secrets in texts masked", async () => {
    const shot = await upload("shot.png", await smallImage("image/png"));
    const log = await upload("run.log", Buffer.from(`start\nauthorization: token ${token}\nend\n`));
    const description = doc(paragraph("It shows ", image({ attachmentId: shot, alt: "the page" })));
    const { id, made } = await send({ description, attached: [log] });
    expect(made).toHaveLength(1);
    expect(made[0]?.files.map(({ name }) => name).sort()).toEqual(["run.log", "shot.png"]);
    const sent = Buffer.from(made[0]?.files.find(({ name }) => name === "run.log")?.bytes ?? []).toString();
    expect(sent).toMatch(/^start\nauthorization: token /);
    expect(sent).not.toContain(token);
    expect(await warnings(id)).toEqual([]);
    expect(await prisma.issueFile.count({ where: { creationId: id, remoteId: { not: null } } })).toBe(2);
  });

  it("[G8] [G3] a lost answer is no reason to send it twice: it is said, and the issue stands", async () => {
    const log = await upload("run.log", Buffer.from("one line\n"));
    jira.faults.add({ ...file, mode: "drop-reply" });
    const { id, made } = await send({ attached: [log] });
    expect(made[0]?.files).toHaveLength(1);
    expect(posts()).toHaveLength(1);
    expect(await warnings(id)).toMatchObject([{ kind: "files_in_doubt", message: expect.stringContaining("run.log") }]);
  });

  it("[G8] [G3] a process that died with the call under way leaves that to people as well", async () => {
    const log = await upload("run.log", Buffer.from("one line\n"));
    const { creation } = await requestCreation(scene.member, {
      ...{ integrationId: scene.integrationId, title: "It fails", description: "Often.", type: "Task", draftId },
      ...{ resultIds: [scene.results[0].resultId], attached: [log] },
    });
    const creationId = creation?.id ?? "";
    const { workspaceId } = scene.member;
    await prisma.issueFile.create({ data: { workspaceId, creationId, attachmentId: log, sentAt: new Date() } });
    await work();
    expect(posts()).toEqual([]);
    expect(await warnings(creationId)).toMatchObject([{ kind: "files_in_doubt" }]);
  });

  it("[G8] a refused one is named with the tracker's reason, the others go", async () => {
    const [large, small] = [await upload("a.log", Buffer.from("a\n")), await upload("b.log", Buffer.from("b\n"))];
    jira.faults.add({ ...file, mode: "status", status: 413, times: 1, body: { errorMessages: ["Too large."] } });
    const { id, made } = await send({ attached: [large, small] });
    expect(made[0]?.files.map(({ name }) => name)).toEqual(["b.log"]);
    expect(await warnings(id)).toMatchObject([{ kind: "files_not_sent", message: expect.stringContaining("a.log (") }]);
  });

  it("[G8] a tracker that asks for patience is waited for", async () => {
    const log = await upload("run.log", Buffer.from("one line\n"));
    jira.faults.add({ ...file, mode: "status", status: 429, times: 1, headers: { "retry-after": "1" } });
    const { id, made } = await send({ attached: [log] });
    expect(made[0]?.files.map(({ name }) => name)).toEqual(["run.log"]);
    expect(await warnings(id)).toEqual([]);
  });

  it("[G5] a text beyond the limit goes along whole", async () => {
    const description = doc(...Array.from({ length: 3_000 }, (_, i) => paragraph(`line ${i} of a long text`)));
    const { id, made } = await send({ description });
    const [whole] = made[0]?.files ?? [];
    expect(whole?.name).toBe("whole-description.md");
    expect(Buffer.from(whole?.bytes ?? []).toString()).toContain("line 2999 of a long text");
    expect(await warnings(id)).toMatchObject([{ kind: "body_cut" }]);
  });

  it("[G8] no file of a person who cannot see it goes along", async () => {
    const owner = { draftId: (await getOrStartDraft(scene.owner, placeOf())).id };
    const { id } = await uploadAttachment(scene.owner, { name: "theirs.log", owner, body: inPieces(Buffer.from("x")) });
    const { made } = await send({ description: doc(attachment({ attachmentId: id, name: "theirs.log" })) });
    expect(made[0]?.files).toEqual([]);
  });
});

const placeOf = () => ({ integrationId: scene.integrationId, resultId: scene.results[0].resultId });

describe("the link back", () => {
  it("[G7] stands beside the issue, once, and not in its text", async () => {
    const { made } = await send();
    const url = `${env().FAULTLINE_URL}/projects/${scene.projectId}/runs/${scene.run.runId}?result=${scene.results[0].resultId}`;
    expect(JSON.stringify(made[0]?.links)).toContain(url);
    expect(made[0]?.links).toHaveLength(1);
    expect(made[0]?.body).not.toContain("Filed from Faultline");
  });

  it("[G7] that cannot be set is said, and the issue stands", async () => {
    jira.faults.add({
      method: "POST",
      path: "/remotelink$",
      mode: "status",
      status: 403,
      body: { errorMessages: ["no"] },
    });
    const { id, made } = await send();
    expect(made).toHaveLength(1);
    expect(await warnings(id)).toMatchObject([{ kind: "link_back_missing" }]);
    const [issue] = await listIssues(scene.member, { resultId: scene.results[0].resultId });
    expect(issue).toMatchObject({ title: "It fails" });
  });
});
