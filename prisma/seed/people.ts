import type { Actor } from "@/lib/auth/member";
import { hashPassword } from "@/lib/auth/password";
import { transaction } from "@/lib/db/client";
import type { ProjectRole, WorkspaceRole } from "@/lib/db/generated/enums";
import { addMember, createAccount, createWorkspace } from "@/lib/workspaces/accounts";

/** One password for everybody: the demo is on this machine only, and prints it. */
export const password = "demo-password";

export type SeededUser = {
  email: string;
  password: string;
  workspaceRole: WorkspaceRole;
  projectRole: ProjectRole | null;
};

type Person = { email: string; name: string; projectRole: ProjectRole | null };

const admin = { email: "admin@faultline.test", name: "Workspace admin" };

/** Named by their roles: nobody in the demo is a person. */
const members: Person[] = [
  { email: "lead@faultline.test", name: "QA lead", projectRole: "ADMIN" },
  { email: "qa@faultline.test", name: "QA engineer", projectRole: "MEMBER" },
  { email: "viewer@faultline.test", name: "Product owner", projectRole: "VIEWER" },
  { email: "guest@faultline.test", name: "Other team", projectRole: null },
];

export type Team = { admin: Actor; members: { actor: Actor; projectRole: ProjectRole | null }[]; users: SeededUser[] };

/** Makes the workspace and its people. */
export async function seedPeople(): Promise<Team> {
  const passwordHash = await hashPassword(password);
  const owner = await transaction(async (tx) => {
    const userId = await createAccount(tx, { ...admin, passwordHash });
    return createWorkspace(tx, userId, "Acme");
  });
  const others = [];
  for (const { email, name, projectRole } of members)
    others.push({
      projectRole,
      actor: await transaction(async (tx) => {
        const userId = await createAccount(tx, { email, name, passwordHash });
        return addMember(tx, { workspaceId: owner.workspaceId, userId, role: "MEMBER" }, { by: owner });
      }),
    });
  const users: SeededUser[] = [
    { email: admin.email, password, workspaceRole: "ADMIN", projectRole: "ADMIN" },
    ...members.map(({ email, projectRole }) => ({ email, password, workspaceRole: "MEMBER" as const, projectRole })),
  ];
  return { admin: owner, members: others, users };
}
