import type { ProjectRole } from "@/lib/db/generated/enums";

/** What people call the roles in a project. */
export const roleNames: Record<ProjectRole, string> = {
  ADMIN: "Administrator",
  MEMBER: "Member",
  VIEWER: "Viewer",
};

/** What each role may do, in a few words. */
export const roleMeanings: Record<ProjectRole, string> = {
  ADMIN: "settings, members, everything below",
  MEMBER: "imports results, creates and links issues",
  VIEWER: "reads",
};
