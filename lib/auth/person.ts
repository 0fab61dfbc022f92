import type { Tx } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import type { Actor } from "./member";

/** Where a request comes from, for the session list and the audit log. */
export type Origin = Pick<Actor, "ip" | "userAgent">;

/** Who somebody is in a workspace, whichever way they ask. */
export type Person = Pick<Actor, "userId" | "name" | "email" | "workspaceId" | "workspaceRole">;

type Key = { workspaceId: string; userId: string };
type Db = Pick<Tx, "membership">;

const nowhere: Origin = { ip: null, userAgent: null };

/** A member of the workspace; null for everybody else. */
export async function findPerson(db: Db, { workspaceId, userId }: Key): Promise<Person | null> {
  const membership = await db.membership.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: { role: true, user: { select: { name: true, email: true } } },
  });
  return membership && { userId, workspaceId, workspaceRole: membership.role, ...membership.user };
}

/** A person of the workspace as an actor without a request: for jobs, the seed, and sign-in, which has no session yet. */
export async function actorFor(
  db: Db,
  key: Key,
  via: "session" | "job" = "job",
  origin: Origin = nowhere,
): Promise<Actor> {
  const person = await findPerson(db, key);
  if (!person) throw notFound("member");
  return asActor(person, via, origin);
}

/** The person on whose behalf a job works; who has left the workspace since is still who asked for it. */
export async function jobActor(db: Db, key: Key): Promise<Actor> {
  const former: Person = { ...key, name: "a former member", email: "", workspaceRole: "MEMBER" };
  return asActor((await findPerson(db, key)) ?? former, "job", nowhere);
}

const asActor = (person: Person, via: Actor["via"], { ip, userAgent }: Origin): Actor => ({
  ...person,
  ...{ via, sessionId: null, tokenId: null, scopes: null, ip, userAgent },
});
