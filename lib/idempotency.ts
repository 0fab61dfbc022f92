import { setTimeout as sleep } from "node:timers/promises";
import canonicalize from "canonicalize";
import type { Actor } from "@/lib/auth/member";
import { open, type Place, seal } from "@/lib/crypto/seal";
import { sha256 } from "@/lib/crypto/sha256";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { AppError, errorKinds } from "@/lib/errors";

/** A request that its sender may repeat: the header's value, where it was sent, and what was in it. */
export type Repeatable = {
  key: string;
  route: string;
  /** The parsed body; or, of one that is read as it arrives, what reads the rest of it and tells its digest. */
  body: unknown | Digest;
  /** The work recognises by its id what it has done, so that it can be taken over from a process that died. */
  isResumable?: boolean | undefined;
};

export type Digest = { digest: () => Promise<string> };

const keptMs = 24 * 60 * 60 * 1_000;
// Three signs of life missed: whoever held it has died.
const aliveEveryMs = 10_000;
const abandonedMs = 30_000;
const firstPauseMs = 20;

/**
 * Does the work once for each key of a person and route: a repetition with the same body gets the same answer, with
 * another body it is refused. A refused request frees its key. What was interrupted is taken over under the same id
 * where the work can be; else it is said, because nobody knows how far it came.
 */
export async function once<T>(actor: Actor, request: Repeatable, work: (id: string) => Promise<T>): Promise<T> {
  const { key, route, body } = request;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw refused("An Idempotency-Key has 1 to 255 visible ASCII characters.");
  const { workspaceId, userId } = actor;
  const place = { workspaceId, userId, route, key };
  const bodySha256 = isDigest(body) ? "" : sha256(canonicalize(body) ?? "");

  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, 500)) {
    const now = Date.now();
    const known = await prisma.idempotencyKey.findUnique({ where: { workspaceId_userId_route_key: place } });
    if (!known) {
      const row = { id: newId(), ...place, bodySha256, expiresAt: new Date(now + keptMs) };
      const { count } = await prisma.idempotencyKey.createMany({ data: [row], skipDuplicates: true });
      if (count === 0) continue;
      await prisma.idempotencyKey.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
      return answer(row.id, actor, body, work);
    }
    if (known.expiresAt.getTime() <= now) {
      await prisma.idempotencyKey.deleteMany({ where: { id: known.id, expiresAt: known.expiresAt } });
      continue;
    }
    if (known.sealedAnswer || !isDigest(body)) {
      const sent = isDigest(body) ? await body.digest() : bodySha256;
      if (known.bodySha256 !== sent)
        throw refused("This Idempotency-Key was used with another body. Use a new key for a new request.");
    }
    // Stored by `answer`, from this very work.
    if (known.sealedAnswer) return JSON.parse(open(known.sealedAnswer, placeOf(known.id, actor))) as T;
    if (now - known.heldAt.getTime() > abandonedMs) {
      if (!request.isResumable) throw interrupted();
      // One of those who wait takes it over.
      const taken = await prisma.idempotencyKey.updateMany({
        where: { id: known.id, heldAt: known.heldAt },
        data: { heldAt: new Date(now) },
      });
      if (taken.count > 0) return answer(known.id, actor, body, work);
    }
    // Many may wait for one: they look less and less often, and not all at the same time.
    await sleep(pauseMs * (0.5 + Math.random()));
  }
}

async function answer<T>(id: string, actor: Actor, body: unknown, work: (id: string) => Promise<T>): Promise<T> {
  const hold = (heldAt: Date) => prisma.idempotencyKey.updateMany({ where: { id }, data: { heldAt } });
  const timer = setInterval(() => void hold(new Date()).catch(() => {}), aliveEveryMs);
  try {
    const value = await work(id);
    const sealedAnswer = seal(JSON.stringify(value ?? null), placeOf(id, actor));
    const digest = isDigest(body) ? { bodySha256: await body.digest() } : {};
    await prisma.idempotencyKey.updateMany({ where: { id }, data: { sealedAnswer, ...digest } });
    return value;
  } catch (error) {
    // Only a clear refusal says that nothing was done; anything else is let go of, for a repetition to find.
    if (error instanceof AppError && errorKinds[error.kind].status < 500)
      await prisma.idempotencyKey.deleteMany({ where: { id } });
    else await hold(new Date(0)).catch(() => {});
    throw error;
  } finally {
    clearInterval(timer);
  }
}

const isDigest = (body: unknown): body is Digest =>
  typeof body === "object" && body !== null && "digest" in body && typeof body.digest === "function";

const placeOf = (rowId: string, { workspaceId, userId }: Actor): Place => ({
  table: "IdempotencyKey",
  column: "sealedAnswer",
  rowId,
  workspaceId,
  userId,
});

const refused = (message: string) => new AppError("invalid_input", message, { fields: { "Idempotency-Key": message } });

const interrupted = () =>
  new AppError(
    "conflict",
    "An earlier request with this Idempotency-Key was interrupted. Look whether it took effect; then use a new key.",
  );
