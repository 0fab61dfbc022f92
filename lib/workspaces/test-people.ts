import type { Actor, Member } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import type { ProjectRole, WorkspaceRole } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import { addProjectMember } from "@/lib/projects/members";
import { addMember, createAccount, createWorkspace } from "./accounts";

/** For tests: a fresh workspace and its administrator. */
export async function makeAdmin(name = "Ada"): Promise<Actor> {
  return transaction(async (tx) => {
    const userId = await createAccount(tx, {
      name,
      email: `${name}-${newId()}@example.com`.toLowerCase(),
      passwordHash: "",
    });
    return createWorkspace(tx, userId, `${name}'s workspace`);
  });
}

/** For tests: one more person in the workspace of `by`. */
export async function makeMember(by: Actor, role: WorkspaceRole = "MEMBER", name = "Mel"): Promise<Actor> {
  return transaction(async (tx) => {
    const userId = await createAccount(tx, {
      name,
      email: `${name}-${newId()}@example.com`.toLowerCase(),
      passwordHash: "",
    });
    return addMember(tx, { workspaceId: by.workspaceId, userId, role }, { by });
  });
}

/** For tests: the person put into the project by an administrator. */
export async function makeProjectMember(by: Actor, projectId: string, role: ProjectRole): Promise<Member> {
  const person = await makeMember(by, "MEMBER", role);
  await addProjectMember({ ...by, projectId, projectRole: "ADMIN" }, person.userId, role);
  return { ...person, projectId, projectRole: role };
}
