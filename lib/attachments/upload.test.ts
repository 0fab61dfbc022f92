import { readdir } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { headersOf } from "@/e2e/access/call";
import { makeWorld, type Role, type World } from "@/e2e/access/world";
import { withHeaders } from "@/e2e/vitest/next-headers";
import { requireMember } from "@/lib/auth/gates";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { listen } from "@/lib/db/listen";
import { channel } from "@/lib/events/announce";
import { deleteAttachment } from "./delete";
import { getAttachment } from "./find";
import type { Owner } from "./owner";
import { filesDir, store } from "./store";
import { hugePng, inPieces, smallImage } from "./testing";
import { uploadAttachment } from "./upload";

// The environment is read once, so the limits have to stand before anything is imported.
vi.hoisted(() => {
  process.env.FAULTLINE_ATTACHMENT_MAX_BYTES = "200000";
  process.env.FAULTLINE_ATTACHMENT_DAY_BYTES = "1000000";
});

let world: World;
let member: Member;
const memberOf = (of: World, role: Exclude<Role, "guest">) =>
  withHeaders(headersOf(of, role), () => requireMember(of.own.projectId, "project.read"));

beforeAll(async () => {
  world = await makeWorld();
  member = await memberOf(world, "member");
});

const put = (bytes: string | Uint8Array, { name = "a.txt", owner = {} as Owner, by = member, size = 1_000 } = {}) =>
  uploadAttachment(by, { name, owner, body: inPieces(Buffer.from(bytes), size) });

const contentOf = async (id: string) => {
  const content = await store().open(id);
  return content && text(content);
};

/** Everything that lies in the store: contents, and what is on its way. */
const filesThere = async () =>
  (await readdir(filesDir(), { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map(({ name }) => name)
    .sort();

const rows = () => prisma.attachment.count({ where: { projectId: member.projectId } });

describe("an upload", () => {
  it("[G8] keeps the bytes of what is no image, whatever pieces they come in, and tells what they are", async () => {
    const content = "Straße\n".repeat(3_000);
    for (const size of [1, 4_095, 1_000_000]) {
      const stored = await put(content.slice(0, size === 1 ? 300 : undefined), { name: "dir/out.html", size });
      expect(stored).toMatchObject({ name: "out.html", mediaType: "text/plain; charset=utf-8", width: null });
      expect(await contentOf(stored.id)).toBe(content.slice(0, size === 1 ? 300 : undefined));
    }
  });

  it("[G8] of an image stores what we have encoded, and nothing of what it was", async () => {
    const sent = Buffer.concat([await smallImage("image/png"), Buffer.from("<script>1</script>")]);
    const stored = await put(sent, { name: "x.html" });
    expect(stored).toMatchObject({ name: "x.html", mediaType: "image/png", width: 40, height: 20 });
    expect(await contentOf(stored.id)).not.toContain("script");
    const row = await prisma.attachment.findUniqueOrThrow({ where: { id: stored.id } });
    expect(row).toMatchObject({ state: "stored", workspaceId: member.workspaceId, uploadedById: member.userId });
  });

  it.each<[string, () => Uint8Array]>([
    ["a GIF header with HTML behind it", () => Buffer.from("GIF89a<script>alert(1)</script>")],
    ["an image that is too large to decode", () => hugePng(30_000, 20_000)],
  ])("[G8] of %s is a plain file and says why", async (_what, make) => {
    const stored = await put(make());
    expect(stored).toMatchObject({ mediaType: "application/octet-stream", width: null });
    expect(stored.note).toContain("as it was sent");
  });

  it("[G8] of the same file twice at once gives two, and each goes alone", async () => {
    const [one, other] = await Promise.all([put("twice"), put("twice")]);
    expect(one.id).not.toBe(other.id);
    await deleteAttachment(member, one.id);
    expect(await contentOf(one.id)).toBeNull();
    expect(await contentOf(other.id)).toBe("twice");
  });

  it("[G8] tells the open pages of its result, of coming and of going", async () => {
    const heard: string[] = [];
    const stop = await listen(channel, { onMessage: (payload) => void heard.push(payload), onGap: () => {} });
    const { resultId, projectId, workspaceId } = world.own;
    const { id } = await put("told", { owner: { resultId } });
    await deleteAttachment(member, id);
    await expect
      .poll(() => heard.map((text) => JSON.parse(text)))
      .toEqual(Array.from({ length: 2 }, () => ({ workspaceId, projectId, topic: "attachment", id: resultId })));
    stop();
  });

  it("[G8] writes its audit row", async () => {
    const { id } = await put("audited");
    expect(await prisma.auditEntry.findFirst({ where: { subjectId: id } })).toMatchObject({
      action: "attachment.uploaded",
      workspaceId: member.workspaceId,
    });
  });
});

describe("what is refused leaves nothing", () => {
  async function* broken() {
    yield Buffer.from("half");
    throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
  }
  async function* removing() {
    yield Buffer.from("half");
    await prisma.testResult.delete({ where: { id: world.own.freeResultId } });
    yield Buffer.from("rest");
  }
  const resultId = () => ({ resultId: world.own.freeResultId });

  it.each<[string, () => Parameters<typeof uploadAttachment>[1], object]>([
    ["an empty file", () => ({ name: "a", owner: {}, body: inPieces(Buffer.alloc(0)) }), { kind: "invalid_input" }],
    [
      "one that is announced too large",
      () => ({ name: "a", owner: {}, body: inPieces(Buffer.from("a")), expectedBytes: 200_001 }),
      { kind: "too_large" },
    ],
    [
      "one that turns out too large",
      () => ({ name: "a", owner: {}, body: inPieces(Buffer.alloc(200_001)) }),
      { kind: "too_large" },
    ],
    [
      "fewer bytes than announced",
      () => ({ name: "a", owner: {}, body: inPieces(Buffer.from("half")), expectedBytes: 8 }),
      { kind: "malformed_request" },
    ],
    ["one that breaks off", () => ({ name: "a", owner: {}, body: broken() }), { code: "ECONNRESET" }],
    [
      "one whose result is deleted meanwhile",
      () => ({ name: "a", owner: resultId(), body: removing() }),
      { kind: "conflict" },
    ],
    [
      "one for another workspace's result",
      () => ({ name: "a", owner: { resultId: world.foreign.resultId }, body: inPieces(Buffer.from("a")) }),
      { kind: "not_found" },
    ],
    [
      "one for another person's draft",
      () => ({ name: "a", owner: { draftId: world.mine.admin?.draftId ?? "" }, body: inPieces(Buffer.from("a")) }),
      { kind: "not_found" },
    ],
  ])("[G8] %s", async (_what, make, error) => {
    const before = { files: await filesThere(), rows: await rows() };
    await expect(uploadAttachment(member, make())).rejects.toMatchObject(error);
    expect({ files: await filesThere(), rows: await rows() }).toEqual(before);
  });

  it("[G8] one more than the day's bytes, for many at once too, with what to do", async () => {
    const own = await makeWorld();
    const by = await memberOf(own, "member");
    const tried = await Promise.allSettled(
      Array.from({ length: 12 }, () =>
        uploadAttachment(by, {
          name: "a",
          owner: {},
          body: inPieces(Buffer.alloc(100_000, "a")),
          expectedBytes: 100_000,
        }),
      ),
    );
    // The world's own files take a few bytes of the million.
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(9);
    const refused = tried.find((one) => one.status === "rejected");
    expect(refused?.reason).toMatchObject({ kind: "rate_limited", message: expect.stringContaining("Delete some") });
  });
});

describe("who sees a file", () => {
  it("[A4] of a draft, or nobody's yet: its uploader alone; of a result: the project", async () => {
    const viewer = await memberOf(world, "viewer");
    const [free, drafted, shown] = [
      await put("free"),
      await put("drafted", { owner: { draftId: world.mine.member?.draftId ?? "" } }),
      await put("shown", { owner: { resultId: world.own.resultId } }),
    ];
    for (const { id } of [free, drafted, shown]) await expect(getAttachment(member, id)).resolves.toMatchObject({ id });
    for (const { id } of [free, drafted])
      await expect(getAttachment(viewer, id)).rejects.toMatchObject({ kind: "not_found" });
    await expect(getAttachment(viewer, shown.id)).resolves.toMatchObject({ id: shown.id });
  });

  it("[A4] and may delete it: its uploader, and the project's administrators; nobody what an issue shows", async () => {
    const [admin, other] = [await memberOf(world, "projectAdmin"), await memberOf(world, "viewer")];
    const { id } = await put("shown", { owner: { resultId: world.own.resultId } });
    await expect(deleteAttachment(other, id)).rejects.toMatchObject({ kind: "forbidden" });
    await deleteAttachment(admin, id);
    await expect(deleteAttachment(member, id)).rejects.toMatchObject({ kind: "not_found" });
    const inIssue = await put("in the issue");
    await prisma.attachment.update({ where: { id: inIssue.id }, data: { creationId: world.own.creationId } });
    await expect(deleteAttachment(member, inIssue.id)).rejects.toMatchObject({ kind: "conflict" });
  });
});
