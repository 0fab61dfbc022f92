import type { Account, Project, Role } from "./model";

/** Jira's own permission keys, with what they are called. */
export const projectPermissions = {
  BROWSE_PROJECTS: "Browse Projects",
  CREATE_ISSUES: "Create Issues",
  EDIT_ISSUES: "Edit Issues",
  TRANSITION_ISSUES: "Transition Issues",
  RESOLVE_ISSUES: "Resolve Issues",
  ASSIGN_ISSUES: "Assign Issues",
  ASSIGNABLE_USER: "Assignable User",
  ADD_COMMENTS: "Add Comments",
  EDIT_OWN_COMMENTS: "Edit Own Comments",
  DELETE_OWN_COMMENTS: "Delete Own Comments",
  CREATE_ATTACHMENTS: "Create Attachments",
  LINK_ISSUES: "Link Issues",
  EDIT_ALL_COMMENTS: "Edit All Comments",
  DELETE_ALL_COMMENTS: "Delete All Comments",
  DELETE_ISSUES: "Delete Issues",
  MODIFY_REPORTER: "Modify Reporter",
  ADMINISTER_PROJECTS: "Administer Projects",
} as const;
export const globalPermissions = { ADMINISTER: "Administer Jira", USER_PICKER: "Browse users and groups" } as const;
export type Permission = keyof typeof projectPermissions;

const adminOnly: readonly Permission[] = [
  "EDIT_ALL_COMMENTS",
  "DELETE_ALL_COMMENTS",
  "DELETE_ISSUES",
  "MODIFY_REPORTER",
  "ADMINISTER_PROJECTS",
];
const allowed: Record<Role, (permission: Permission) => boolean> = {
  admin: () => true,
  member: (permission) => !adminOnly.includes(permission),
  viewer: (permission) => permission === "BROWSE_PROJECTS",
};

export function may(account: Account | null, project: Project, permission: Permission): boolean {
  const role = account?.isActive ? project.roles[account.accountId] : undefined;
  return role !== undefined && allowed[role](permission);
}

export const isAdmin = (account: Account | null) => account?.groups.includes("administrators") ?? false;
