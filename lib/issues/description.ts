import { AppError } from "@/lib/errors";
import { docFromText } from "@/lib/richtext/build";
import { parseDoc, type RichDoc } from "@/lib/richtext/doc";
import { fromMarkdown } from "@/lib/richtext/from-markdown";
import type { BodyFormat } from "@/lib/richtext/render-body";

/** What a text may come as: TipTap JSON, Markdown, or plain text. */
export type DescriptionInput = string | { markdown: string } | Record<string, unknown>;

const isMarkdown = (input: DescriptionInput): input is { markdown: string } =>
  typeof input === "object" && !("type" in input) && typeof input.markdown === "string";

/** The text as a document. Markdown is read as the tracker that it goes to would, and mentions are that tracker's. */
export function descriptionOf(input: DescriptionInput, of: { integrationId: string; bodyFormat: BodyFormat }): RichDoc {
  try {
    if (typeof input === "string") return docFromText(input);
    if (!isMarkdown(input)) return parseDoc(input);
    const flavor = of.bodyFormat === "glfm" ? "glfm" : "gfm";
    return fromMarkdown(input.markdown, { flavor, integrationId: of.integrationId });
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    const { kind, message } = cause;
    throw new AppError(kind, message, { cause, fields: { description: message } });
  }
}
