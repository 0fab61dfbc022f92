import { type Destination, inlineUrl, uploadAttachment } from "@/components/attachments/upload";
import type { Upload } from "@/components/editor/uploads";

/** How the editor's files get to the server: with the draft whose text shows them. */
export const uploadTo =
  (to: Destination): Upload =>
  async (file, { signal, onProgress }) => {
    const { answer, cancel } = uploadAttachment(to, file, onProgress);
    signal.addEventListener("abort", cancel);
    const view = await answer;
    const { id: attachmentId, name, mediaType, sizeBytes, width, height } = view;
    return {
      ...{ attachmentId, name, mediaType, sizeBytes, url: inlineUrl(view) ?? view.url },
      ...(width !== null && { width }),
      ...(height !== null && { height }),
    };
  };
