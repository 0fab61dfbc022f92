import { randomBytes } from "node:crypto";
import { z } from "zod";
import { audit } from "@/lib/audit/record";
import { emailInput } from "@/lib/auth/input";
import type { Actor } from "@/lib/auth/member";
import { sha256 } from "@/lib/crypto/sha256";
import { prisma, transaction } from "@/lib/db/client";
import { ProjectRole, WorkspaceRole } from "@/lib/db/generated/enums";
import { idSchema, isId, newId } from "@/lib/db/ids";
import { env } from "@/lib/env";
import { notFound } from "@/lib/errors";

const LIFE_DAYS = 7;

/** Whom to invite, and as what. An empty field of a form counts as absent. */
export const invitationInput = z
  .object({
    email: z
      .literal("")
      .transform(() => null)
      .or(emailInput)
      .nullable()
      .default(null),
    workspaceRole: z.enum(WorkspaceRole).default("MEMBER"),
    projectId: z
      .literal("")
      .transform(() => null)
      .or(idSchema)
      .nullable()
      .default(null),
    projectRole: z.enum(ProjectRole).default("MEMBER"),
  })
  .transform(({ projectRole, ...rest }) => ({ ...rest, projectRole: rest.projectId ? projectRole : null }));

/** What became of an invitation. */
export type InvitationState = "open" | "used" | "revoked" | "expired";

type Dates = { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date };

const stateOf = ({ acceptedAt, revokedAt, expiresAt }: Dates): InvitationState => {
  if (acceptedAt) return "used";
  if (revokedAt) return "revoked";
  return expiresAt <= new Date() ? "expired" : "open";
};

/** Makes an invitation. The link is answered here and never again: only its hash is kept. */
export async function createInvitation(actor: Actor, input: z.output<typeof invitationInput>) {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + LIFE_DAYS * 86_400_000);
  const id = newId();
  await transaction(async (tx) => {
    if (input.projectId) {
      const project = await tx.project.findFirst({
        where: { id: input.projectId, workspaceId: actor.workspaceId, archivedAt: null },
        select: { id: true },
      });
      if (!project) throw notFound("project");
    }
    await tx.invitation.create({
      data: {
        id,
        workspaceId: actor.workspaceId,
        createdById: actor.userId,
        tokenHash: sha256(token),
        expiresAt,
        ...input,
      },
      select: { id: true },
    });
    await audit(tx, actor, "invitation.created", { subjectType: "invitation", subjectId: id, after: input });
  });
  return { id, token, url: `${env().FAULTLINE_URL}/invite/${token}`, expiresAt };
}

/** The invitations that can still be accepted. */
export async function listInvitations(actor: Actor) {
  const invitations = await prisma.invitation.findMany({
    where: { workspaceId: actor.workspaceId, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { createdAt: "desc" },
    select: {
      id: true,
      email: true,
      workspaceRole: true,
      projectId: true,
      projectRole: true,
      createdById: true,
      createdAt: true,
      expiresAt: true,
    },
  });
  const [projects, people] = await Promise.all([
    prisma.project.findMany({
      where: { workspaceId: actor.workspaceId, id: { in: invitations.flatMap(({ projectId }) => projectId ?? []) } },
      select: { id: true, name: true },
    }),
    prisma.user.findMany({
      where: { id: { in: invitations.map(({ createdById }) => createdById) } },
      select: { id: true, name: true },
    }),
  ]);
  return invitations.map((invitation) => ({
    ...invitation,
    projectName: projects.find(({ id }) => id === invitation.projectId)?.name ?? null,
    createdBy: people.find(({ id }) => id === invitation.createdById)?.name ?? "a former member",
  }));
}

/** Takes an open invitation back. */
export async function revokeInvitation(actor: Actor, invitationId: string): Promise<void> {
  if (!isId(invitationId)) throw notFound("invitation");
  await transaction(async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: { id: invitationId, workspaceId: actor.workspaceId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw notFound("invitation");
    await audit(tx, actor, "invitation.revoked", { subjectType: "invitation", subjectId: invitationId });
  });
}

/** The invitation that a link names, or null. Whoever has the link may know this much. */
export async function findInvitation(token: string) {
  const invitation = await prisma.invitation.findUnique({
    where: { tokenHash: sha256(token) },
    select: {
      id: true,
      workspaceId: true,
      email: true,
      workspaceRole: true,
      projectId: true,
      projectRole: true,
      expiresAt: true,
      acceptedAt: true,
      revokedAt: true,
      workspace: { select: { name: true } },
    },
  });
  if (!invitation) return null;
  const { acceptedAt, revokedAt, workspace, ...rest } = invitation;
  return { ...rest, workspaceName: workspace.name, state: stateOf(invitation) };
}
