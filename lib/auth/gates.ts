import { cookies, headers } from "next/headers";
import { cache } from "react";
import { pool } from "@/lib/db/client";
import type { ProjectRole } from "@/lib/db/generated/enums";
import { isId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { findActor } from "./actor";
import type { Actor, Member } from "./member";
import { allows, type Permission, permissions, type Scope } from "./permissions";

/** Whoever asks, or null; for pages that look different to guests. A page that asks in several places asks once. */
export const findUser = cache(async (): Promise<Actor | null> => findActor(await headers(), await cookies()));

/** The person who asks. Throws unauthenticated, or forbidden when the token lacks the scope. */
export async function requireUser(scope: Scope = "read"): Promise<Actor> {
  const actor = await findUser();
  if (!actor)
    throw new AppError("unauthenticated", "Sign in, or send a valid API token as: Authorization: Bearer <token>.");
  requireScope(actor, scope);
  return actor;
}

/** A person at a browser. Sessions and tokens are theirs to manage: a token must not make itself a stronger one. */
export async function requireSession(): Promise<Actor> {
  const actor = await requireUser();
  if (actor.via !== "session") throw new AppError("forbidden", "Sign in with a browser to do this; a token may not.");
  return actor;
}

/** An administrator of the workspace. */
export async function requireAdmin(): Promise<Actor> {
  const actor = await requireUser("admin");
  if (actor.workspaceRole !== "ADMIN")
    throw new AppError("forbidden", "Only administrators of the workspace may do this.");
  return actor;
}

/**
 * The person who asks, as a member of the project. A project that is absent, of another workspace, or not theirs is
 * not found, each in the same words.
 */
export async function requireMember(projectId: string, permission: Permission): Promise<Member> {
  const actor = await requireUser(permissions[permission].scope);
  const member = await findMember(actor, projectId);
  if (!member) throw notFound("project");
  if (!allows(member.projectRole, permission))
    throw new AppError("forbidden", "Your role in this project does not allow this. Ask a project administrator.");
  return member;
}

/** The actor's membership of a project of their workspace, or null. Workspace administrators are ADMIN everywhere. */
export async function findMember(actor: Actor, projectId: string): Promise<Member | null> {
  if (!isId(projectId)) return null;
  const { rows } = await pool.query<{ role: ProjectRole | null }>({
    name: "member-of-project",
    text: `select m.role from "Project" p left join "ProjectMember" m on m."projectId" = p.id and m."userId" = $3
      where p.id = $1 and p."workspaceId" = $2`,
    values: [projectId, actor.workspaceId, actor.userId],
  });
  const [project] = rows;
  if (!project) return null;
  const projectRole = actor.workspaceRole === "ADMIN" ? "ADMIN" : project.role;
  return projectRole ? { ...actor, projectId, projectRole } : null;
}

function requireScope(actor: Actor, scope: Scope) {
  if (actor.scopes && !actor.scopes.includes(scope))
    throw new AppError("forbidden", `This token lacks the scope "${scope}".`);
}
