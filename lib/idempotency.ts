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
// Longer than it takes to see that somebody has died. Who works for longer than that is not waited for.
const patienceMs = 60_000;
const askAgainMs = 5_000;

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

  const giveUpAt = performance.now() + patienceMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, 500)) {
    const now = Date.now();
    const known = await prisma.idempotencyKey.findUnique({ where: { workspaceId_userId_route_key: place } });
    if (!known) {
      const heldAt = new Date(now);
      const row = { id: newId(), ...place, bodySha256, heldAt, expiresAt: new Date(now + keptMs) };
      const { count } = await prisma.idempotencyKey.createMany({ data: [row], skipDuplicates: true });
      if (count === 0) continue;
      await prisma.idempotencyKey.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
      return answer({ id: row.id, heldAt }, actor, body, work);
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
    if (known.sealedAnswer) return answerIn<T>(known, actor);
    if (now - known.heldAt.getTime() > abandonedMs) {
      if (!request.isResumable) throw interrupted();
      // One of those who wait takes it over.
      const heldAt = new Date(now);
      const taken = await prisma.idempotencyKey.updateMany({
        where: { id: known.id, heldAt: known.heldAt, sealedAnswer: null },
        data: { heldAt },
      });
      if (taken.count > 0) return answer({ id: known.id, heldAt }, actor, body, work);
    }
    if (performance.now() > giveUpAt) throw underWay();
    // Many may wait for one: they look less and less often, and not all at the same time.
    await sleep(pauseMs * (0.5 + Math.random()));
  }
}

type Held = { id: string; heldAt: Date };

async function answer<T>(held: Held, actor: Actor, body: unknown, work: (id: string) => Promise<T>): Promise<T> {
  const { id } = held;
  // By each of the times that it may stand under: a sign of life whose answer was lost may have come through. Whoever
  // was taken for dead, and taken over, stands under none any more and changes nothing.
  const times = [held.heldAt];
  const mine = () => ({ id, heldAt: { in: times }, sealedAnswer: null });
  const hold = (heldAt: Date) => {
    times.push(heldAt);
    return prisma.idempotencyKey.updateMany({ where: mine(), data: { heldAt } });
  };
  const timer = setInterval(() => void hold(new Date()).catch(() => {}), aliveEveryMs);
  try {
    const value = await work(id);
    const sealedAnswer = seal(JSON.stringify(value ?? null), placeOf(id, actor));
    const digest = isDigest(body) ? { bodySha256: await body.digest() } : {};
    // Of two that both came to an end the first one's answer stands, and is everybody's.
    const where = { id, sealedAnswer: null };
    const { count } = await prisma.idempotencyKey.updateMany({ where, data: { sealedAnswer, ...digest } });
    if (count > 0) return value;
    const other = await prisma.idempotencyKey.findUnique({ where: { id } });
    return other ? answerIn<T>(other, actor) : value;
  } catch (error) {
    // Only a clear refusal says that nothing was done; anything else is let go of, for a repetition to find.
    if (error instanceof AppError && errorKinds[error.kind].status < 500)
      await prisma.idempotencyKey.deleteMany({ where: mine() });
    else await hold(new Date(0)).catch(() => {});
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Stored by `answer`, from the very work that its caller asks for. */
const answerIn = <T>({ id, sealedAnswer }: { id: string; sealedAnswer: string | null }, actor: Actor) =>
  JSON.parse(open(sealedAnswer ?? "", placeOf(id, actor))) as T;

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

const underWay = () =>
  new AppError("conflict", "An earlier request with this Idempotency-Key is still being worked on. Ask again later.", {
    retryAt: new Date(Date.now() + askAgainMs),
  });

const interrupted = () =>
  new AppError(
    "conflict",
    "An earlier request with this Idempotency-Key was interrupted. Look whether it took effect; then use a new key.",
  );
