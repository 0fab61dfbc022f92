import { sendFile } from "@/components/send-file";
import type { AttachmentView } from "@/lib/attachments/shapes";

/** What an uploaded file is for: it goes with it. */
export type Destination = { projectId: string } & ({ draftId: string } | { resultId: string });

/** Uploads a file. A failure is an ApiProblem whose detail says what to do. */
export function uploadAttachment(to: Destination, file: File, onSent?: (share: number) => void) {
  // Browsers name a pasted picture "image.png", or not at all.
  const query = new URLSearchParams({ name: file.name || "file", ...("draftId" in to && { draftId: to.draftId }) });
  const place = "resultId" in to ? `results/${to.resultId}/attachments` : "attachments";
  return sendFile<AttachmentView>(`/api/projects/${to.projectId}/${place}?${query}`, file, {
    // What it is, the server finds out by itself.
    type: "application/octet-stream",
    ...(onSent && { onSent }),
  });
}

/** Where an image is shown from; null for what is only downloaded. */
export const inlineUrl = ({ url, width }: Pick<AttachmentView, "url" | "width">): string | null =>
  width === null ? null : `${url}?inline=1`;
