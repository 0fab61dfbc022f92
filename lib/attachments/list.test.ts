import { beforeAll, expect, it } from "vitest";
import { headersOf } from "@/e2e/access/call";
import { makeWorld, type World } from "@/e2e/access/world";
import { withHeaders } from "@/e2e/vitest/next-headers";
import { requireMember } from "@/lib/auth/gates";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { attachmentIdsIn } from "@/lib/richtext/attachment-ids";
import { doc, paragraph } from "@/lib/richtext/build";
import { listResultFiles } from "./list";
import { reachable } from "./reachable";
import { inPieces } from "./testing";
import { uploadAttachment } from "./upload";

let world: World;
let member: Member;
beforeAll(async () => {
  world = await makeWorld();
  member = await withHeaders(headersOf(world, "member"), () => requireMember(world.own.projectId, "project.read"));
});

it("[B1] lists a result's files page by page, each once, with their number", async () => {
  const { workspaceId, projectId, userId } = member;
  const resultId = world.own.freeResultId;
  const ids = Array.from({ length: 1_203 }, newId);
  const base = { workspaceId, projectId, uploadedById: userId, resultId, name: "a", path: "a", sizeBytes: 1 } as const;
  await prisma.attachment.createMany({ data: ids.map((id) => ({ ...base, id, state: "stored" as const })) });
  await prisma.attachment.create({ data: { ...base, id: newId() } });

  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listResultFiles(member, resultId, { cursor, limit: 200 });
    expect(page.total).toBe(1_203);
    seen.push(...page.attachments.map(({ id }) => id));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(seen).toEqual(ids);
});

it("[B2] names what the report names and nobody has sent, until it has come", async () => {
  const resultId = world.own.resultId;
  await prisma.testResult.update({
    where: { id: resultId },
    data: { output: "see [[ATTACHMENT|shots/1.png]]\n[[ATTACHMENT|out.log]]" },
  });
  const missing = async () => (await listResultFiles(member, resultId, { limit: 50 })).missing;
  expect(await missing()).toEqual(["shots/1.png", "out.log"]);
  const send = (name: string) =>
    uploadAttachment(member, { name, owner: { resultId }, body: inPieces(Buffer.from("a")) });
  await send("shots/1.png");
  expect(await missing()).toEqual(["out.log"]);
  await send("out.log");
  expect(await missing()).toEqual([]);
});

it("[G8] a tracker that holds no files gets a link to the members' page, for files of the project alone", async () => {
  const at = await reachable(member, [world.own.attachmentId, world.foreign.attachmentId, "no-such-id"]);
  expect(at(world.own.attachmentId)).toEqual({
    url: `http://localhost:3000/projects/${member.projectId}/attachments/${world.own.attachmentId}`,
    embeds: false,
  });
  expect([at(world.foreign.attachmentId), at("no-such-id"), at(newId())]).toEqual([null, null, null]);
});

it("[G8] finds the files that a text shows, at any depth, each once", () => {
  const [image, file] = [newId(), newId()];
  const shown = doc(
    { type: "blockquote", content: [{ type: "attachment", attrs: { attachmentId: file, name: "a" } }] },
    paragraph(
      { type: "image", attrs: { attachmentId: image } },
      { type: "image", attrs: { attachmentId: image } },
      { type: "image", attrs: { src: "https://example.com/a.png" } },
    ),
  );
  expect(attachmentIdsIn(shown).sort()).toEqual([image, file].sort());
});
