import { headBytes } from "@/lib/attachments/sniff";

// What logs and terminals write beside characters: bell to carriage return, escape.
const isWritten = (byte: number) => (byte >= 7 && byte <= 13) || byte === 27 || (byte >= 32 && byte !== 127);

/**
 * How a file is written, where it is a text: only UTF-8 is kept as one, but consoles and programs of Windows write UTF-16
 * with a mark before it, or one byte for each character. Null: it is none that anybody could read.
 */
export async function encodingOf(mediaType: string, blob: Blob): Promise<string | null> {
  if (mediaType.startsWith("text/")) return "utf-8";
  if (mediaType !== "application/octet-stream") return null;
  const head = new Uint8Array(await blob.slice(0, headBytes).arrayBuffer());
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return head.every(isWritten) ? "windows-1252" : null;
}
