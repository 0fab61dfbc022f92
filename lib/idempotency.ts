import { setTimeout as sleep } from "node:timers/promises";
import canonicalize from "canonicalize";
import { sha256 } from "@/lib/auth/actor";
import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/ids";
import { AppError, errorKinds } from "@/lib/errors";

/** A request that its sender may repeat: the header's value, where it was sent, and what was in it. */
export type Repeatable = { key: string; route: string; body: unknown };

const keptMs = 24 * 60 * 60 * 1_000;
// Longer than any work under a key takes; whoever still holds it then has died.
const abandonedMs = 30_000;
const lookEveryMs = 50;

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

  for (;;) {
    const id = newId();
    const now = Date.now();
    const row = { id, ...place, bodySha256, expiresAt: new Date(now + keptMs) };
    const { count } = await prisma.idempotencyKey.createMany({ data: [row], skipDuplicates: true });
    if (count > 0) {
      await prisma.idempotencyKey.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
      return answer(id, work);
    }
    const known = await prisma.idempotencyKey.findUnique({ where: { workspaceId_userId_route_key: place } });
    if (known && known.expiresAt.getTime() <= now)
      await prisma.idempotencyKey.deleteMany({ where: { id: known.id, expiresAt: known.expiresAt } });
    else if (known && known.bodySha256 !== bodySha256)
      throw refused("This Idempotency-Key was used with another body. Use a new key for a new request.");
    else if (known?.answer)
      return known.answer as T; // stored by `answer`, from this very work
    else if (known && now - known.createdAt.getTime() > abandonedMs) return answer(known.id, work);
    else if (known) await sleep(lookEveryMs);
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
