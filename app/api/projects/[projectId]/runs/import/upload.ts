import type { Readable } from "node:stream";
import busboy from "busboy";
import { AppError } from "@/lib/errors";
import { openBody, whole } from "@/lib/upload/open-body";

/** The file of a request, as it arrives. */
export type Upload = {
  body: AsyncIterable<Uint8Array>;
  /** Length of the file, where the request tells it. */
  expectedBytes?: number;
  /** The form's fields; complete once the body has been read. */
  fields: Record<string, string>;
};

const mostFields = 20;
const xmlTypes = new Set(["application/xml", "text/xml", "application/octet-stream"]);

/** Opens the file of an upload without reading it. */
export function openUpload(request: Request): Upload {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const { bytes, ...told } = openBody(request);
  if (type === "multipart/form-data") return openForm(request, bytes);
  if (!xmlTypes.has(type))
    throw new AppError(
      "unsupported_media",
      "Send the file as application/xml, text/xml or application/octet-stream, or as multipart/form-data.",
    );
  return { body: whole(bytes), ...told, fields: {} };
}

function openForm(request: Request, bytes: Readable): Upload {
  const fields: Record<string, string> = {};
  return { body: readForm(request, bytes, fields), fields };
}

async function* readForm(
  request: Request,
  bytes: Readable,
  fields: Record<string, string>,
): AsyncGenerator<Uint8Array> {
  const form = openBusboy(request);
  const closed = new Promise<void>((resolve) => form.once("close", resolve));
  const failed = new Promise<never>((_, reject) => {
    const refuse = (cause: unknown) => reject(malformed(cause));
    form.once("error", refuse);
    bytes.once("error", refuse);
  });
  failed.catch(() => {});

  // What is more or longer than this is cut or left out silently; a run in the wrong place would be worse than a refusal.
  let isExcessive = false;
  form.on("field", (name, value, { valueTruncated }) => {
    if (valueTruncated) isExcessive = true;
    fields[name] = value;
  });
  for (const limit of ["fieldsLimit", "partsLimit"] as const)
    form.once(limit, () => {
      isExcessive = true;
    });
  const file = new Promise<Readable | null>((resolve) => {
    form.once("file", (_name, stream, { filename }) => {
      if (filename) fields.filename ??= filename;
      resolve(stream);
    });
    form.once("close", () => resolve(null));
  });
  let isSecond = false;
  form.once("filesLimit", () => {
    isSecond = true;
  });

  bytes.pipe(form);
  try {
    const stream = await Promise.race([file, failed]);
    if (!stream) throw new AppError("malformed_request", "The form has no file.");
    yield* whole(stream, malformed);
    await Promise.race([closed, failed]);
  } finally {
    bytes.unpipe(form);
    bytes.resume();
  }
  if (isExcessive)
    throw new AppError("malformed_request", `The form has more than ${mostFields} fields, or one that is too long.`);
  if (isSecond)
    throw new AppError("malformed_request", "Send one file per request. Files with the same run id become one run.");
}

function openBusboy(request: Request) {
  try {
    return busboy({
      headers: { "content-type": request.headers.get("content-type") ?? "" },
      limits: { files: 1, fields: mostFields, fieldSize: 4_096, fieldNameSize: 100, parts: mostFields + 2 },
    });
  } catch (cause) {
    throw malformed(cause);
  }
}

const malformed = (cause: unknown) =>
  new AppError("malformed_request", "The form ended early or is not valid multipart/form-data. Nothing was stored.", {
    cause,
  });
