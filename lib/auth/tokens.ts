import { randomBytes } from "node:crypto";
import { z } from "zod";
import { audit } from "@/lib/audit/record";
import { sha256 } from "@/lib/crypto/sha256";
import { prisma, transaction } from "@/lib/db/client";
import { isId, newId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { nameInput } from "./input";
import type { Actor } from "./member";
import { scopeNames } from "./permissions";

const PREFIX_LENGTH = 10;

export const tokenInput = z.object({
  name: nameInput,
  scopes: z
    .array(z.enum(scopeNames))
    .min(1, "Choose at least one scope.")
    .transform((given) => scopeNames.filter((scope) => given.includes(scope))),
  /** null: never. */
  expiresInDays: z.number().int().min(1).max(3650).nullable(),
});

/** Makes a token of the person. It is answered here and never again: only its hash is kept. */
export async function createApiToken(actor: Actor, { name, scopes, expiresInDays }: z.output<typeof tokenInput>) {
  if (scopes.includes("admin") && actor.workspaceRole !== "ADMIN")
    throw new AppError("forbidden", "Only administrators of the workspace may make a token with the scope admin.", {
      fields: { scopes: "Only administrators of the workspace may choose admin." },
    });
  if (actor.scopes && scopes.some((scope) => !actor.scopes?.includes(scope)))
    throw new AppError("forbidden", "A token cannot make a stronger token than itself.");

  const token = `flt_${randomBytes(32).toString("base64url")}`;
  const id = newId();
  const expiresAt = expiresInDays === null ? null : new Date(Date.now() + expiresInDays * 86_400_000);
  await transaction(async (tx) => {
    const { workspaceId, userId } = actor;
    const prefix = token.slice(0, PREFIX_LENGTH);
    await tx.apiToken.create({
      data: { id, workspaceId, userId, name, scopes, tokenHash: sha256(token), prefix, expiresAt },
      select: { id: true },
    });
    await audit(tx, actor, "token.created", {
      subjectType: "token",
      subjectId: id,
      after: { name, scopes, prefix, expiresAt: expiresAt?.toISOString() ?? null },
    });
  });
  return { id, token, expiresAt };
}

/** The person's tokens in the workspace that are not revoked, the newest first. */
export async function listApiTokens({ workspaceId, userId }: Actor) {
  return prisma.apiToken.findMany({
    where: { workspaceId, userId, revokedAt: null },
    orderBy: { id: "desc" },
    select: { id: true, name: true, prefix: true, scopes: true, createdAt: true, expiresAt: true, lastUsedAt: true },
  });
}

/** Ends one of the person's tokens. */
export async function revokeApiToken(actor: Actor, tokenId: string): Promise<void> {
  if (!isId(tokenId)) throw notFound("token");
  const { workspaceId, userId } = actor;
  await transaction(async (tx) => {
    const [token] = await tx.apiToken.updateManyAndReturn({
      where: { id: tokenId, workspaceId, userId, revokedAt: null },
      data: { revokedAt: new Date() },
      select: { name: true, prefix: true },
    });
    if (!token) throw notFound("token");
    await audit(tx, actor, "token.revoked", { subjectType: "token", subjectId: tokenId, before: token });
  });
}
