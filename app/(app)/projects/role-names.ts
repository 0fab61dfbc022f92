import type { ProjectRole } from "@/lib/db/generated/enums";

/** What people call the roles in a project. */
export const roleNames: Record<ProjectRole, string> = {
  ADMIN: "Administrator",
  MEMBER: "Member",
  VIEWER: "Viewer",
};

/** What each role may do, in a few words. */
export const roleMeanings: Record<ProjectRole, string> = {
  ADMIN: "Changes settings and members, and does what a member does.",
  MEMBER: "Imports results, creates and links issues.",
  VIEWER: "Reads everything, changes nothing.",
};
