import { expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { inPieces } from "@/lib/attachments/testing";
import { uploadAttachment } from "@/lib/attachments/upload";
import { getCreationById } from "../creation/read";
import { getOrStartDraft } from "../drafts";
import { makeFreshScene, start } from "../test-scene";
import { filesOf } from "./files-of";

const token = `ghp_${"a1".repeat(18)}`;

/** What of a file goes to the tracker. */
async function sent(bytes: Uint8Array): Promise<Buffer> {
  const scene = await makeFreshScene(sandbox);
  const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
  const { id: draftId } = await getOrStartDraft(scene.member, place);
  const file = { name: "run.log", owner: { draftId }, body: inPieces(bytes) };
  const { id } = await uploadAttachment(scene.member, file);
  const creation = await getCreationById(await start(scene, { draftId, attached: [id] }));
  const [one] = await filesOf(creation);
  const content = await one?.content();
  if (!content || typeof content === "string") throw new Error(`nothing is sent: ${content}`);
  return Buffer.from(await content.blob.arrayBuffer());
}

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
const written: [string, (text: string) => Buffer][] = [
  ["UTF-16, as PowerShell writes it", utf16],
  ["UTF-16 with the larger half first", (text) => utf16(text).swap16()],
  ["Latin-1, as older Windows programs do", (text) => Buffer.from(text, "latin1")],
];

it.each(written)("[G5] a log in %s is searched for secrets as well", async (_, write) => {
  const bytes = await sent(write(`für alle\r\nauthorization: token ${token}\r\nend\r\n`));
  for (const text of [bytes.toString("utf8"), bytes.toString("utf16le"), bytes.toString("latin1")])
    expect(text).not.toContain(token);
  expect(bytes.toString("utf8")).toMatch(/für alle[\s\S]*\[masked[\s\S]*end/);
});

it.each(written)("[G8] a log in %s that holds none goes as it is", async (_, write) => {
  const bytes = write("für alle\r\n");
  expect(await sent(bytes)).toEqual(bytes);
});

it("[G8] what is no text goes as it is, whatever stands in it", async () => {
  const bytes = Buffer.concat([Buffer.from([0, 1, 2, 255]), Buffer.from(token)]);
  expect(await sent(bytes)).toEqual(bytes);
});
