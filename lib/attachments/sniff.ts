/** The raster images that are encoded again and may then be shown in a page. */
export const imageTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"] as const;
export type ImageType = (typeof imageTypes)[number];

/** What a file can be taken for. SVG and HTML are text: what a browser would run is never served as such. */
export type MediaType =
  | ImageType
  | "application/pdf"
  | "application/zip"
  | "text/plain; charset=utf-8"
  | "application/octet-stream";

export const isImageType = (type: string): type is ImageType => imageTypes.some((image) => image === type);

/** As much of a file's beginning as is looked at. */
export const headBytes = 4_096;

type Sign = { type: MediaType; at: number; bytes: string };

// Latin-1, one character for each byte.
const signs: readonly Sign[] = [
  { type: "image/png", at: 0, bytes: "\x89PNG\r\n\x1a\n" },
  { type: "image/jpeg", at: 0, bytes: "\xff\xd8\xff" },
  { type: "image/gif", at: 0, bytes: "GIF87a" },
  { type: "image/gif", at: 0, bytes: "GIF89a" },
  { type: "image/webp", at: 8, bytes: "WEBP" },
  { type: "application/pdf", at: 0, bytes: "%PDF-" },
  { type: "application/zip", at: 0, bytes: "PK\x03\x04" },
  { type: "application/zip", at: 0, bytes: "PK\x05\x06" },
];

/** What the beginning of a file says that it is; its name and what its sender calls it count for nothing. */
export function sniff(head: Uint8Array): MediaType {
  const latin = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 16)).toString("latin1");
  const sign = signs.find(({ type, at, bytes }) => {
    if (type === "image/webp" && !latin.startsWith("RIFF")) return false;
    return latin.startsWith(bytes, at);
  });
  if (sign) return sign.type;
  return isText(head) ? "text/plain; charset=utf-8" : "application/octet-stream";
}

// What logs and terminals write: tab, line feed, vertical tab, form feed, carriage return, backspace, bell, escape.
const written = new Set([7, 8, 9, 10, 11, 12, 13, 27]);

/** UTF-8 without the control characters that no log has. The last character may be cut. */
function isText(head: Uint8Array): boolean {
  if (head.some((byte) => (byte < 32 && !written.has(byte)) || byte === 127)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
