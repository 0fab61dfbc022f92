import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { headBytes } from "./sniff";
import { filesDir } from "./store";

// On the disk of the store, so that a finished file is moved and not copied.
const folder = () => path.join(/* turbopackIgnore: true */ filesDir(), "incoming");

/** Where an upload lies until it is finished: as it arrives, and as it is encoded again. */
export const spoolOf = (id: string) => ({
  raw: path.join(/* turbopackIgnore: true */ folder(), id),
  encoded: path.join(/* turbopackIgnore: true */ folder(), `${id}.encoded`),
});

/** Writes the bytes as they arrive, and keeps the first of them. */
export async function spool(file: string, bytes: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array }> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const head: Uint8Array[] = [];
  let kept = 0;
  const handle = await open(file, "wx", 0o600);
  try {
    for await (const chunk of bytes) {
      if (kept < headBytes) {
        const part = chunk.subarray(0, headBytes - kept);
        // A copy: whoever sends the bytes may use their memory again.
        head.push(part.slice());
        kept += part.length;
      }
      await handle.writeFile(chunk);
    }
  } finally {
    await handle.close();
  }
  return { head: Buffer.concat(head) };
}

/** Length and digest (hex) of a finished file. */
export async function measure(file: string): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return { sizeBytes: (await stat(file)).size, sha256: hash.digest("hex") };
}

/** Takes away what an upload has left here. */
export async function clearSpool(id: string): Promise<void> {
  for (const file of Object.values(spoolOf(id))) await rm(file, { force: true });
}

/** Takes away what killed processes of this machine have left here. */
export async function sweepSpool(before: Date): Promise<void> {
  const names = await readdir(folder()).catch(() => []);
  for (const name of names) {
    const file = path.join(/* turbopackIgnore: true */ folder(), name);
    const found = await stat(file).catch(() => null);
    if (found && found.mtime < before) await rm(file, { force: true });
  }
}
