import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { headersOf } from "@/e2e/access/call";
import { makeWorld, type World } from "@/e2e/access/world";
import { withHeaders } from "@/e2e/vitest/next-headers";
import { requireMember } from "@/lib/auth/gates";
import type { Member } from "@/lib/auth/member";
import { prisma, transaction } from "@/lib/db/client";
import { giveToCreation, type Owner } from "./owner";
import { filesDir, store } from "./store";
import { sweepAttachments } from "./sweep";
import { inPieces } from "./testing";
import { uploadAttachment } from "./upload";

const hourMs = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * hourMs);

let world: World;
let member: Member;
beforeEach(async () => {
  world = await makeWorld();
  member = await withHeaders(headersOf(world, "member"), () => requireMember(world.own.projectId, "project.read"));
});

const put = async (owner: Owner = {}) =>
  (await uploadAttachment(member, { name: "a.txt", owner, body: inPieces(Buffer.from("a")) })).id;

const isThere = async (id: string) => {
  const content = await store().open(id);
  content?.destroy();
  const row = await prisma.attachment.count({ where: { id } });
  return { content: content !== null, row: row > 0 };
};
const there = { content: true, row: true };
const gone = { content: false, row: false };

describe("the sweep", () => {
  it("[G8] deletes what has been nobody's for a day, and nothing else", async () => {
    const free = await put();
    const owned = [
      await put({ resultId: world.own.resultId }),
      await put({ draftId: world.mine.member?.draftId ?? "" }),
    ];
    await sweepAttachments(inHours(23));
    expect(await isThere(free)).toEqual(there);
    await sweepAttachments(inHours(25));
    expect(await isThere(free)).toEqual(gone);
    for (const id of owned) expect(await isThere(id)).toEqual(there);
  });

  it.each<[string, (world: World) => Promise<unknown>, (world: World) => Owner]>([
    ["its run", ({ own }) => prisma.testRun.delete({ where: { id: own.runId } }), ({ own }) => own],
    [
      "its draft",
      ({ mine }) => prisma.draft.delete({ where: { id: mine.member?.draftId ?? "" } }),
      ({ mine }) => ({ draftId: mine.member?.draftId ?? "" }),
    ],
    ["its project", ({ own }) => prisma.project.delete({ where: { id: own.projectId } }), () => ({})],
  ])("[G8] deletes the content that went with %s, at once", async (_what, remove, ownerOf) => {
    const owner = ownerOf(world);
    const id = await put("resultId" in owner ? { resultId: owner.resultId ?? "" } : owner);
    const other = world.foreign.attachmentId;
    await remove(world);
    expect(await isThere(id)).toEqual({ content: true, row: false });
    await sweepAttachments();
    expect(await isThere(id)).toEqual(gone);
    expect(await isThere(other)).toEqual(there);
  });

  it("[G8] leaves what an issue shows, although its draft is gone", async () => {
    const draftId = world.mine.member?.draftId ?? "";
    const [shown, other] = [await put({ draftId }), await put({ draftId })];
    await transaction((tx) =>
      giveToCreation(tx, member, [shown, world.foreign.attachmentId, "x"], world.own.creationId),
    );
    await prisma.draft.delete({ where: { id: draftId } });
    await sweepAttachments(inHours(25));
    expect(await isThere(shown)).toEqual(there);
    expect(await isThere(other)).toEqual(gone);
    const foreign = await prisma.attachment.findUnique({ where: { id: world.foreign.attachmentId } });
    expect(foreign?.creationId).toBeNull();
  });

  it("[G8] may run twice at once", async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => put()));
    await Promise.all([sweepAttachments(inHours(25)), sweepAttachments(inHours(25))]);
    for (const id of ids) expect(await isThere(id)).toEqual(gone);
    expect(await prisma.discardedFile.count()).toBe(0);
  });
});

it("[G8] a process that is killed during an upload leaves nothing that anybody sees, and after a day nothing at all", async () => {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join(import.meta.dirname, "killed.child.ts"), JSON.stringify(member)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  for await (const chunk of child.stdout) if (String(chunk).includes("arriving")) break;
  child.kill("SIGKILL");
  await once(child, "exit");

  const incoming = path.join(filesDir(), "incoming");
  const left = await prisma.attachment.findMany({ where: { projectId: member.projectId, state: "uploading" } });
  expect(left).toHaveLength(1);
  expect(await readdir(incoming)).toEqual(left.map(({ id }) => id));
  await sweepAttachments(inHours(23));
  expect(await readdir(incoming)).toHaveLength(1);
  await sweepAttachments(inHours(25));
  expect(await readdir(incoming)).toEqual([]);
  expect(await prisma.attachment.count({ where: { id: left[0]?.id } })).toBe(0);
});

it("[G8] an upload that goes on is not swept", async () => {
  async function* slow() {
    yield Buffer.from("a");
    await sweepAttachments();
    yield Buffer.from("b");
  }
  const { id } = await uploadAttachment(member, { name: "slow.txt", owner: {}, body: slow() });
  expect(await isThere(id)).toEqual(there);
});
