import { Readable } from "node:stream";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { contentDisposition } from "./file-name";
import type { StoredAttachment } from "./find";
import { readRange } from "./range";
import { isImageType } from "./sniff";
import { store } from "./store";

/**
 * The content as an answer: a download that no browser runs, whatever it holds. Shown in a page is only an image that
 * we have encoded ourselves.
 */
export async function serveAttachment(
  { id, name, mediaType, sizeBytes, sha256, width }: StoredAttachment,
  { headers: asked, method }: Pick<Request, "headers" | "method">,
  { inline }: { inline: boolean },
): Promise<Response> {
  const etag = `"${sha256}"`;
  const isShown = inline && width !== null && isImageType(mediaType);
  const headers = new Headers({
    "content-type": mediaType,
    "content-disposition": contentDisposition(isShown ? "inline" : "attachment", name),
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    // Kept by the person's own browser, and asked for again each time: whoever has left the project sees it no more.
    // Not compressed on the way: parts and the version are those of the content itself.
    "cache-control": "private, no-cache, no-transform",
    vary: "cookie, authorization",
    "accept-ranges": "bytes",
    etag,
  });
  if (matches(asked.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });

  // A part of another version would not fit to what the browser has.
  const isSame = [null, etag].includes(asked.get("if-range"));
  const part = isSame ? readRange(asked.get("range"), sizeBytes) : null;
  if (part === "unsatisfiable") {
    headers.set("content-range", `bytes */${sizeBytes}`);
    return new Response(null, { status: 416, headers });
  }
  // Next takes HEAD for GET, and leaves the body where it is: the file would stay open.
  const content = method === "HEAD" ? "unread" : await store().open(id, part ?? undefined);
  if (!content) {
    log.error({ attachmentId: id }, "the content of a file is missing");
    throw new AppError("not_found", "The content of this file is missing. Ask whoever runs this installation.");
  }
  // No content-length: Next takes it away from whatever a route answers.
  if (part) headers.set("content-range", `bytes ${part.first}-${part.last}/${sizeBytes}`);
  // The same class under two names.
  const body = content === "unread" ? null : (Readable.toWeb(content) as ReadableStream<Uint8Array>);
  return new Response(body, { status: part ? 206 : 200, headers });
}

const matches = (asked: string | null, etag: string) =>
  asked?.trim() === "*" || (asked?.split(",").some((one) => one.trim().replace(/^W\//, "") === etag) ?? false);
