import type { Tx } from "@/lib/db/client";

/** Something that open pages may show has changed. Ids only: each page reads again what it may see. */
export type Announcement = {
  workspaceId: string;
  /** null: for every member of the workspace. */
  projectId: string | null;
  /** For this person alone, in whichever workspace they are. */
  userId?: string;
  topic:
    | "creation"
    | "issue"
    | "run"
    | "draft"
    | "integration"
    | "member"
    | "session"
    | "job"
    | "attachment"
    | "group"
    | "bulk"
    | "case";
  id: string;
};

/** The PostgreSQL channel that carries announcements. */
export const channel = "pages";

/** Tells open pages once the transaction has committed. */
export async function announce(tx: Pick<Tx, "$executeRaw">, announcement: Announcement): Promise<void> {
  await tx.$executeRaw`select pg_notify(${channel}, ${JSON.stringify(announcement)})`;
}
