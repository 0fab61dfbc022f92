import type { ProjectRole, WorkspaceRole } from "@/lib/db/generated/enums";
import type { Permission, Scope } from "./permissions";
import { allows } from "./permissions";

/** Who asks: a person in a workspace, by session or by API token. */
export type Actor = {
  userId: string;
  name: string;
  email: string;
  workspaceId: string;
  workspaceRole: WorkspaceRole;
  via: "session" | "token" | "job";
  sessionId: string | null;
  tokenId: string | null;
  /** null: everything (a session). */
  scopes: readonly Scope[] | null;
  ip: string | null;
  userAgent: string | null;
};

/** An actor in one project, with the role that counts there. */
export type Member = Actor & { projectId: string; projectRole: ProjectRole };

/** True when the member's role may do it; pages use this to show or leave out a control. */
export const can = (member: Member, permission: Permission): boolean => allows(member.projectRole, permission);
