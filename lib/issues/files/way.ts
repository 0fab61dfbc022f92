import type { OpenTracker } from "@/lib/trackers/tracker";

/** What becomes of files: put beside the issue, uploaded and shown in its text, or linked to in Faultline. */
export type FileWay = "attached" | "uploaded" | "linked";

export const fileWayOf = ({ attachFile, uploadFile }: Pick<OpenTracker, "attachFile" | "uploadFile">): FileWay =>
  attachFile ? "attached" : uploadFile ? "uploaded" : "linked";

/** Whoever has the address of an uploaded file can read it: in a public project only where somebody has said so. */
export const uploadsTo = ({ uploadsFiles, isPublic }: { uploadsFiles: boolean | null; isPublic: boolean }): boolean =>
  uploadsFiles ?? !isPublic;
