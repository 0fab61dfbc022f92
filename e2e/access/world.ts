import { sessionCookieName } from "@/lib/auth/actor";
import { sessionJwt } from "@/lib/auth/sessions";
import { prisma } from "@/lib/db/client";
import type { ProjectRole, WorkspaceRole } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import { makePersonal, makeThings, type Things } from "./things";

export type { Things } from "./things";

/** Everybody who may ask. `outsider` administers another workspace, `stranger` is in no project of this one. */
export const roles = ["guest", "outsider", "stranger", "viewer", "member", "projectAdmin", "admin"] as const;
export type Role = (typeof roles)[number];

type Person = { userId: string; sessionId: string; cookie: string };
type Personal = Awaited<ReturnType<typeof makePersonal>>;

/**
 * A workspace with one of everything, and another one with the same, for foreign ids. What belongs to one person is
 * there for each of them: `mine`.
 */
export type World = {
  people: Record<Exclude<Role, "guest">, Person>;
  mine: Partial<Record<Role, Personal>>;
  own: Things;
  foreign: Things;
};

/** The ids that a call by that role takes: the workspace's things, and what is the role's own. */
export const thingsOf = ({ own, mine }: World, role: Role): Things => ({ ...own, ...mine[role] });

async function makePerson(workspaceId: string, role: WorkspaceRole, name: string): Promise<Person> {
  const [userId, sessionId] = [newId(), newId()];
  const email = `${name}-${userId}@example.com`;
  await prisma.user.create({ data: { id: userId, email, name } });
  await prisma.membership.create({ data: { workspaceId, userId, role } });
  const expiresAt = new Date(Date.now() + 3_600_000);
  await prisma.session.create({ data: { id: sessionId, userId, workspaceId, expiresAt } });
  const jwt = await sessionJwt({ sid: sessionId, userId, name, email, expiresAt });
  return { userId, sessionId, cookie: `${sessionCookieName()}=${jwt}` };
}

async function makeProjectPerson(own: Things, role: ProjectRole | null, name: string) {
  const person = await makePerson(own.workspaceId, "MEMBER", name);
  const { userId } = person;
  if (role)
    await prisma.projectMember.create({
      data: { workspaceId: own.workspaceId, projectId: own.projectId, userId, role },
    });
  return { person, personal: await makePersonal(own, userId) };
}

export async function makeWorld(): Promise<World> {
  const [here, there] = [newId(), newId()];
  await prisma.workspace.create({ data: { id: here, name: "Here" } });
  await prisma.workspace.create({ data: { id: there, name: "There" } });
  const admin = await makePerson(here, "ADMIN", "admin");
  const outsider = await makePerson(there, "ADMIN", "outsider");
  const own = await makeThings(here, admin.userId);
  const foreign = await makeThings(there, outsider.userId);
  const stranger = await makeProjectPerson(own, null, "stranger");
  const viewer = await makeProjectPerson(own, "VIEWER", "viewer");
  const member = await makeProjectPerson(own, "MEMBER", "member");
  const projectAdmin = await makeProjectPerson(own, "ADMIN", "project-admin");
  return {
    people: {
      ...{ admin, outsider, stranger: stranger.person, viewer: viewer.person },
      ...{ member: member.person, projectAdmin: projectAdmin.person },
    },
    mine: {
      ...{ stranger: stranger.personal, viewer: viewer.personal },
      ...{ member: member.personal, projectAdmin: projectAdmin.personal },
    },
    own,
    foreign,
  };
}
