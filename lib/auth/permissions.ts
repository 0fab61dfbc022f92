import type { ProjectRole } from "@/lib/db/generated/enums";

/** What a token may be used for. A session has all of them. */
export const scopes = {
  read: "Read projects, runs, results and issues",
  import: "Import test results",
  issues: "Create, link and unlink issues",
  triage: "Group failures, assess them, and edit test cases",
  manage: "Change project settings",
  admin: "Administer the workspace",
} as const;

export type Scope = keyof typeof scopes;
export const scopeNames = Object.keys(scopes) as [Scope, ...Scope[]]; // Object.keys forgets the key type

type Rule = { role: ProjectRole; scope: Scope };

/** What may be done in a project: the least role that may, and the scope that a token needs. */
export const permissions = {
  "project.read": { role: "VIEWER", scope: "read" },
  "results.import": { role: "MEMBER", scope: "import" },
  "issues.create": { role: "MEMBER", scope: "issues" },
  "issues.link": { role: "MEMBER", scope: "issues" },
  "failures.triage": { role: "MEMBER", scope: "triage" },
  "project.manage": { role: "ADMIN", scope: "manage" },
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof permissions;

const order: Record<ProjectRole, number> = { VIEWER: 0, MEMBER: 1, ADMIN: 2 };

/** True when the role may do it. */
export const allows = (role: ProjectRole, permission: Permission): boolean =>
  order[role] >= order[permissions[permission].role];
