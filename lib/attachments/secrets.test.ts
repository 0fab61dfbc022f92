import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { newId } from "@/lib/db/ids";
import { secretsInFile } from "./secrets";
import { filesDir, store } from "./store";

async function stored(text: string): Promise<string> {
  const [id, file] = [newId(), path.join(filesDir(), "sent")];
  await mkdir(filesDir(), { recursive: true });
  await writeFile(file, text);
  await store().put(id, file);
  return id;
}

const secretsIn = async (id: string, mediaType = "text/plain; charset=utf-8") => {
  const found = [];
  for await (const one of secretsInFile({ id, mediaType })) found.push(one);
  return found;
};

it("[G5] finds a secret in an attached log, wherever the pieces that it is read in are cut", async () => {
  // Read in pieces of 64 KiB; the letter before takes two bytes, of which each may be the last of a piece.
  const token = `ghp_${"a1B2".repeat(9)}`;
  for (const before of [65_500, 65_501, 65_502]) {
    const text = `${"x".repeat(before)} ${"ä".repeat(20)} ${token}\nrest`;
    const [found, ...others] = await secretsIn(await stored(text));
    expect(others).toEqual([]);
    expect(text.slice(found?.from, found?.to)).toBe(token);
  }
});

it("[G5] does not look into what is no text, and finds nothing in a file that is gone", async () => {
  expect(await secretsIn(await stored(`ghp_${"a1B2".repeat(9)}`), "application/zip")).toEqual([]);
  expect(await secretsIn(newId())).toEqual([]);
});
