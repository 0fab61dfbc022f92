import { File, FileArchive, FileText } from "lucide-react";
import type { AttachmentView } from "@/lib/attachments/shapes";
import { inlineUrl } from "./upload";

const icons: Record<string, typeof File> = {
  "text/plain; charset=utf-8": FileText,
  "application/pdf": FileText,
  "application/zip": FileArchive,
};

/** A small picture of the file: itself where it is an image, else its kind. Says nothing that the name does not. */
export function Thumbnail({ file }: { file: AttachmentView }) {
  const src = inlineUrl(file);
  const Icon = icons[file.mediaType] ?? File;
  return (
    <span className="flex h-9 w-12 shrink-0 items-center justify-center overflow-hidden rounded border bg-subtle text-muted">
      {src ? (
        // biome-ignore lint/performance/noImgElement: it is one's own answer to who asks; an optimizer has no session.
        <img src={src} alt="" loading="lazy" decoding="async" className="size-full object-cover object-top" />
      ) : (
        <Icon className="size-4" aria-hidden />
      )}
    </span>
  );
}
