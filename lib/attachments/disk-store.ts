import { openAsBlob } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { isId } from "@/lib/db/ids";
import type { AttachmentStore } from "./store";

/** Files in a folder, named by their ids. `put` moves a file that lies on the same disk. */
export function diskStore(folder: string): AttachmentStore {
  /** In folders by the end of the id, which is chance; its beginning is the time. */
  const placeOf = (id: string) => {
    if (!isId(id)) throw new Error(`"${id}" is not the id of a file.`);
    return path.join(/* turbopackIgnore: true */ folder, id.slice(-2), id);
  };
  return {
    async put(id, file) {
      const place = placeOf(id);
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
      await sync(file);
      await rename(file, place);
      // Only then does the name survive a loss of power too.
      await sync(path.dirname(place));
    },
    async open(id, part) {
      try {
        const handle = await open(placeOf(id), "r");
        return handle.createReadStream(part && { start: part.first, end: part.last });
      } catch (error) {
        if (isAbsent(error)) return null;
        throw error;
      }
    },
    async blob(id) {
      const place = placeOf(id);
      return (await stat(place).catch(() => null)) ? openAsBlob(place) : null;
    },
    delete: (id) => rm(placeOf(id), { force: true }),
  };
}

async function sync(place: string): Promise<void> {
  const handle = await open(place, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isAbsent = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";
