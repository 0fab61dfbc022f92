import { z } from "zod";

/** A file as pages and the API tell of it. */
export const attachmentSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** As found by looking into it. */
  mediaType: z.string(),
  sizeBytes: z.number(),
  /** Set for images that can be shown: by the address with `?inline=1`. */
  width: z.number().nullable(),
  height: z.number().nullable(),
  /** What became of the file that its sender may not expect. */
  note: z.string().nullable(),
  /** Downloads it. */
  url: z.string(),
  createdAt: z.iso.datetime(),
});

export type AttachmentView = z.output<typeof attachmentSchema>;

/** One that stands in a list, with what the person who asks may do. */
export const listedSchema = attachmentSchema.extend({ canDelete: z.boolean() });
export type ListedAttachment = z.output<typeof listedSchema>;

/** A page of a result's files; `missing`: named by the report, and not here. */
export const attachmentsSchema = z.object({
  attachments: z.array(listedSchema),
  next: z.string().nullable(),
  total: z.number(),
  missing: z.array(z.string()),
});
export type AttachmentsPage = z.output<typeof attachmentsSchema>;
