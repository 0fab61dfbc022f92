import { env } from "@/lib/env";
import type { AttachmentView } from "./shapes";

/** What a view is made of. */
export const viewSelect = {
  id: true,
  projectId: true,
  name: true,
  mediaType: true,
  sizeBytes: true,
  width: true,
  height: true,
  note: true,
  createdAt: true,
} as const;

type Row = Omit<AttachmentView, "url" | "createdAt"> & { projectId: string; createdAt: Date };

export const viewOf = ({ projectId, createdAt, ...row }: Row): AttachmentView => ({
  ...row,
  url: `/api/projects/${projectId}/attachments/${row.id}`,
  createdAt: createdAt.toISOString(),
});

/** The page that shows a file to the members of its project: what an issue links to. */
export const pageUrl = (projectId: string, id: string): string =>
  `${env().FAULTLINE_URL}/projects/${projectId}/attachments/${id}`;
