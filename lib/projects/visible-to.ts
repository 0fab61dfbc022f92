import type { Actor } from "@/lib/auth/member";

/** Narrows projects to those that the actor is in; for an administrator of the workspace, all of its projects. */
export const visibleTo = ({ workspaceId, userId, workspaceRole }: Actor) => ({
  workspaceId,
  ...(workspaceRole !== "ADMIN" && { members: { some: { userId } } }),
});
