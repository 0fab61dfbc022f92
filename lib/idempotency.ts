import { setTimeout as sleep } from "node:timers/promises";
import canonicalize from "canonicalize";
import type { Actor } from "@/lib/auth/member";
import { sha256 } from "@/lib/crypto/sha256";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/ids";
import { AppError, errorKinds } from "@/lib/errors";

/** A request that its sender may repeat: the header's value, where it was sent, and what was in it. */
export type Repeatable = { key: string; route: string; body: unknown };

const keptMs = 24 * 60 * 60 * 1_000;
// Longer than any work under a key takes; whoever still holds it then has died.
const abandonedMs = 30_000;
const firstPauseMs = 20;

/**
 * Does the work once for each key of a person and route: a repetition with the same body gets the same answer, with
 * another body it is refused. The work gets an id that stays the same when it has to be taken over from a process that
 * died, so that it can recognise what was done. A refused request frees its key.
 */
export async function once<T extends Prisma.InputJsonObject>(
  actor: Actor,
  { key, route, body }: Repeatable,
  work: (id: string) => Promise<T>,
): Promise<T> {
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw refused("An Idempotency-Key has 1 to 255 visible ASCII characters.");
  const { workspaceId, userId } = actor;
  const place = { workspaceId, userId, route, key };
  const bodySha256 = sha256(canonicalize(body) ?? "");

  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, 500)) {
    const now = Date.now();
    const known = await prisma.idempotencyKey.findUnique({ where: { workspaceId_userId_route_key: place } });
    if (!known) {
      const row = { id: newId(), ...place, bodySha256, expiresAt: new Date(now + keptMs) };
      const { count } = await prisma.idempotencyKey.createMany({ data: [row], skipDuplicates: true });
      if (count === 0) continue;
      await prisma.idempotencyKey.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
      return answer(row.id, work);
    }
    if (known.expiresAt.getTime() <= now) {
      await prisma.idempotencyKey.deleteMany({ where: { id: known.id, expiresAt: known.expiresAt } });
      continue;
    }
    if (known.bodySha256 !== bodySha256)
      throw refused("This Idempotency-Key was used with another body. Use a new key for a new request.");
    if (known.answer) return known.answer as T; // stored by `answer`, from this very work
    if (now - known.createdAt.getTime() > abandonedMs) return answer(known.id, work);
    // Many may wait for one: they look less and less often, and not all at the same time.
    await sleep(pauseMs * (0.5 + Math.random()));
  }
}

async function answer<T extends Prisma.InputJsonObject>(id: string, work: (id: string) => Promise<T>): Promise<T> {
  try {
    const value = await work(id);
    await prisma.idempotencyKey.updateMany({ where: { id }, data: { answer: value } });
    return value;
  } catch (error) {
    // Only a clear refusal says that nothing was done; anything else is taken over under the same id.
    if (error instanceof AppError && errorKinds[error.kind].status < 500)
      await prisma.idempotencyKey.deleteMany({ where: { id } });
    throw error;
  }
}

const refused = (message: string) => new AppError("invalid_input", message, { fields: { "Idempotency-Key": message } });
