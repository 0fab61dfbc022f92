import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { sweepCreations } from "./creation/sweep";
import { dismissCreation } from "./dismiss-creation";
import { getOrStartDraft } from "./drafts";
import { previewDraft } from "./preview";
import { showCreation } from "./show-creation";
import { type FreshScene, makeFreshScene, passTime, readCreation, start, work, workUntil } from "./test-scene";

let scene: FreshScene;
beforeEach(async () => {
  scene = await makeFreshScene(sandbox);
});

const post = { method: "POST", path: "/issues$" };
const refuse = (status: number, headers = {}) =>
  sandbox.faults.add({ ...post, mode: "status", status, headers, body: { message: "no" } });

/** What a person does with the tracker's own form: opens it where the page offers it, and sends it. */
async function fileByHand(id: string) {
  const { creation } = await showCreation(scene.member, id);
  const { newIssueUrl } = creation.newIssueUrl ? creation : await dismissCreation(scene.member, id);
  const form = new URL(newIssueUrl ?? "");
  expect(form.pathname).toBe("/acme/checkout/issues/new");
  const { apiUrl, token } = sandbox.github;
  const { status } = await fetch(`${apiUrl}/repos/acme/checkout/issues`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ title: form.searchParams.get("title"), body: form.searchParams.get("body") }),
  });
  expect(status).toBe(201);
}

describe("who files it in the tracker's own form", () => {
  it("[G3] [G11] while it waits for a rate limit has the only issue: it does not go on by itself", async () => {
    refuse(429, { "retry-after": "60" });
    const id = await start(scene);
    await workUntil(id, "held");
    await work();
    await fileByHand(id);
    await passTime(61_000);
    await work();
    expect(await scene.createdCount()).toBe(1);
    expect((await readCreation(id)).state).toBe("failed");
  });

  it("[G3] [G11] [F4] while it waits for an administrator has the only issue, also after the credential is mended", async () => {
    refuse(401);
    const id = await start(scene);
    await work();
    expect((await readCreation(id)).state).toBe("held");
    await fileByHand(id);
    await prisma.connection.updateMany({ data: { status: "active" } });
    expect(await sweepCreations()).toEqual({ overdue: 0, mended: 0 });
    await work();
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G3] while a call is on its way cannot let go of it, and is given no form", async () => {
    const id = await start(scene);
    await prisma.issueCreation.update({ where: { id }, data: { state: "sending" } });
    expect((await showCreation(scene.member, id)).creation.newIssueUrl).toBeUndefined();
    await expect(dismissCreation(scene.member, id)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("[G11] after a call whose end nobody knows is told that it may be there already", async () => {
    const id = await start(scene);
    await prisma.issueCreation.update({ where: { id }, data: { state: "held", sentAt: new Date() } });
    expect((await showCreation(scene.member, id)).creation).toMatchObject({ mayBeThere: true });
    await prisma.issueCreation.update({ where: { id }, data: { sentAt: null } });
    expect((await showCreation(scene.member, id)).creation.mayBeThere).toBeUndefined();
  });

  it("[G3] from the form that was sent, or another person's at the same result: only when none goes on by itself", async () => {
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const { id: draftId } = await getOrStartDraft(scene.member, place);
    const { id: theirs } = await getOrStartDraft(scene.owner, place);
    const offered = async () => [
      (await previewDraft(scene.member, draftId)).newIssueUrl,
      (await previewDraft(scene.owner, theirs)).newIssueUrl,
    ];
    const form = expect.stringContaining("/acme/checkout/issues/new?");
    expect(await offered()).toEqual([form, form]);
    refuse(429, { "retry-after": "60" });
    const id = await start(scene, { draftId });
    await workUntil(id, "held");
    expect(await offered()).toEqual([undefined, undefined]);
    await work();
    await dismissCreation(scene.member, id);
    expect(await offered()).toEqual([form, form]);
  });
});
