import path from "node:path";
import type { Readable } from "node:stream";
import { env } from "@/lib/env";
import { diskStore } from "./disk-store";
import type { Part } from "./range";

/** Where the contents of files lie, each under the id of its row. */
export interface AttachmentStore {
  /**
   * Takes a finished file of this machine over, whole or not at all: after a crash nothing of it is there, or all of it.
   * A file and not a stream, because a store on the network wants to know the length before the first byte.
   */
  put(id: string, file: string): Promise<void>;
  /** The content, or a part of it; null when there is none. */
  open(id: string, part?: Part): Promise<Readable | null>;
  /** The content to send on: read as it is sent, and never held as a whole. Null when there is none. */
  blob(id: string): Promise<Blob | null>;
  /** Harmless where there is nothing. */
  delete(id: string): Promise<void>;
}

/** The folder of all files, inside the data folder. */
export const filesDir = (): string => path.resolve(/* turbopackIgnore: true */ env().FAULTLINE_DATA_DIR, "attachments");

/** The store of this installation. */
export const store = (): AttachmentStore => diskStore(filesDir());
