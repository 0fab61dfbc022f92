import canonicalize from "canonicalize";
import { metadataStale } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { sha256 } from "@/lib/crypto/sha256";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/ids";
import { storable } from "@/lib/db/storable";
import { AppError } from "@/lib/errors";
import { type Answer, type Asked, type Kind, questionOf, questions } from "./metadata-questions";
import { openTracker } from "./open-tracker";

const day = 24 * 3_600_000;
/** What is older is not shown any more: somebody waits for the tracker instead. */
const keepMs = 30 * day;
const refreshWithinMs = 60_000;
const mostBytes = 4_000_000;
const mostRows = 2_000;

/** Whose eyes the tracker is seen with. */
export type Eyes = { workspaceId: string; integrationId: string; connectionId: string };

export type Known<K extends Kind> = { answer: Answer<K>; fetchedAt: Date };

/** The credential that forms are made with: the shared one of the integration. Throws not_connected. */
export async function eyesOf(workspaceId: string, integrationId: string): Promise<Eyes> {
  const connection = await prisma.connection.findFirst({
    where: { workspaceId, integrationId, userId: null },
    select: { id: true },
  });
  if (!connection) throw new AppError("not_connected", "No credential is stored for this integration.");
  return { workspaceId, integrationId, connectionId: connection.id };
}

/**
 * What the tracker says. Known already, it is answered at once without a call, and asked again beside when it is no
 * longer fresh, by a job, of which there is one at a time. Otherwise the tracker is asked now; `anew` asks it in any case.
 */
export async function askTracker<K extends Kind>(
  eyes: Eyes,
  kind: K,
  asked: Asked<K>,
  { anew = false } = {},
): Promise<Known<K>> {
  const known = anew ? null : await findRow(eyes, kind, asked);
  if (anew) tooLarge.delete(askedAt(eyes, keyOf(kind, asked)));
  if (!known) return fetchAnswer(eyes, kind, asked);
  const { id, fetchedAt, answer } = known;
  if (Date.now() - fetchedAt.getTime() > questions[kind].freshMs) await refreshSoon(eyes, id);
  return { answer, fetchedAt };
}

/** What is known already, whatever its age; nobody is asked. */
export async function recall<K extends Kind>(eyes: Eyes, kind: K, asked: Asked<K>): Promise<Known<K> | null> {
  const known = await findRow(eyes, kind, asked);
  return known && { answer: known.answer, fetchedAt: known.fetchedAt };
}

/** Asks once more for what somebody was shown; the job's part. */
export async function refreshMetadata(cacheId: string, workspaceId: string): Promise<{ refreshed: boolean }> {
  const row = await prisma.metadataCache.findFirst({
    where: { id: cacheId, workspaceId },
    select: { integrationId: true, connectionId: true, key: true, value: true },
  });
  const kind = row?.key.split("/")[0] ?? "";
  if (!row || !isKind(kind)) return { refreshed: false };
  const { integrationId, connectionId } = row;
  const { asked } = storedOf(row.value);
  const parsed = questionOf(kind).asks.safeParse(asked);
  if (!parsed.success) return { refreshed: false };
  // As asked by the table's own schema for the kind.
  await fetchAnswer({ workspaceId, integrationId, connectionId }, kind, parsed.data as Asked<typeof kind>);
  return { refreshed: true };
}

const isKind = (kind: string): kind is Kind => Object.hasOwn(questions, kind);

/** Short, whatever was asked, and readable as far as it goes. */
export const keyOf = (kind: Kind, asked: { project: { remoteId: string } }) =>
  `${kind}/${asked.project.remoteId.slice(0, 100)}/${sha256(canonicalize(asked) ?? "").slice(0, 32)}`;

type Stored = { asked: unknown; answer: unknown };
const storedOf = (value: unknown): Stored => value as Stored; // written by `store`, and each half is parsed

async function findRow<K extends Kind>({ connectionId, workspaceId }: Eyes, kind: K, asked: Asked<K>) {
  const key = keyOf(kind, asked);
  const row = await prisma.metadataCache.findUnique({
    where: { connectionId_key: { connectionId, key }, workspaceId },
    select: { id: true, value: true, fetchedAt: true },
  });
  if (!row || Date.now() - row.fetchedAt.getTime() > keepMs) return null;
  // An earlier release may have kept less of it.
  const parsed = questionOf(kind).answer.safeParse(storedOf(row.value).answer);
  return parsed.success ? { ...row, answer: parsed.data as Answer<K> } : null; // parsed by the kind's own schema
}

// Two tabs that open the same form at once ask once.
const asking = new Map<string, Promise<Known<Kind>>>();

// What is too large costs the most calls and can be kept by nobody: it is not asked for by each who opens a form.
const tooLarge = new Map<string, { error: AppError; until: number }>();
const mostRemembered = 1_000;

async function fetchAnswer<K extends Kind>(eyes: Eyes, kind: K, asked: Asked<K>): Promise<Known<K>> {
  const key = keyOf(kind, asked);
  const at = askedAt(eyes, key);
  const known = tooLarge.get(at);
  if (known && known.until > Date.now()) throw known.error;
  const running = asking.get(at) ?? fetchOnce(eyes, kind, asked, key).finally(() => asking.delete(at));
  asking.set(at, running);
  try {
    return (await running) as Known<K>; // the key names the kind
  } catch (error) {
    if (isTooLarge(error)) {
      if (tooLarge.size >= mostRemembered) tooLarge.clear();
      tooLarge.set(at, { error, until: Date.now() + questions[kind].freshMs });
    }
    throw error;
  }
}

const askedAt = ({ connectionId }: Eyes, key: string) => `${connectionId} ${key}`;

const isTooLarge = (error: unknown): error is AppError => error instanceof AppError && error.kind === "too_large";

async function fetchOnce(eyes: Eyes, kind: Kind, asked: Asked<Kind>, key: string): Promise<Known<Kind>> {
  const { connectionId, workspaceId } = eyes;
  const seenWith = await stampOf(prisma, eyes);
  const fetchedAt = new Date();
  const { tracker } = await openTracker({ connectionId, workspaceId });
  const { answer, ask } = questionOf(kind);
  const value = storable(answer.parse(await ask(tracker, asked))) as Answer<Kind>; // parsed by the kind's own schema
  await store(eyes, { key, asked, answer: value, fetchedAt, seenWith });
  return { answer: value, fetchedAt };
}

/** What an answer was seen with: where this has changed since, it is nothing to keep. */
async function stampOf(db: Pick<Tx, "connection">, { connectionId, workspaceId }: Eyes): Promise<string> {
  const found = await db.connection.findFirst({
    where: { id: connectionId, workspaceId },
    select: { version: true, integration: { select: { baseUrl: true } } },
  });
  return JSON.stringify(found);
}

type News = { key: string; asked: Asked<Kind>; answer: Answer<Kind>; fetchedAt: Date; seenWith: string };

async function store(eyes: Eyes, { key, asked, answer, fetchedAt, seenWith }: News): Promise<void> {
  const value = { asked, answer } as Prisma.InputJsonObject; // plain JSON, by its schemas
  if (JSON.stringify(value).length > mostBytes)
    throw new AppError("too_large", "The tracker's answer is larger than any form can show.");
  const { workspaceId, connectionId } = eyes;
  await transaction(async (tx) => {
    // Whoever stores another credential waits for this, and then forgets it.
    await tx.$queryRaw`select 1 from "Connection" where "id" = ${connectionId}::uuid for share`;
    if ((await stampOf(tx, eyes)) !== seenWith) return;
    await tx.metadataCache.upsert({
      where: { connectionId_key: { connectionId, key }, workspaceId },
      create: { id: newId(), ...eyes, key, value, fetchedAt },
      update: { value, fetchedAt, refreshingUntil: null },
      select: { id: true },
    });
    await tx.$executeRaw`
      delete from "MetadataCache" where "id" in (
        select "id" from "MetadataCache" where "connectionId" = ${connectionId}::uuid
        order by "fetchedAt" desc offset ${mostRows})`;
  });
}

/** Whoever sees first that it is not fresh any more has it asked again; the others see that somebody does. */
async function refreshSoon({ workspaceId }: Eyes, id: string): Promise<void> {
  const now = new Date();
  const isFree = [{ refreshingUntil: null }, { refreshingUntil: { lt: now } }];
  await transaction(async (tx) => {
    const { count } = await tx.metadataCache.updateMany({
      where: { id, workspaceId, OR: isFree },
      data: { refreshingUntil: new Date(now.getTime() + refreshWithinMs) },
    });
    if (count > 0) await send(tx, metadataStale.create({ workspaceId, cacheId: id }));
  });
}

/** Deletes what nobody would be shown any more. */
export const pruneMetadata = (now = new Date()) =>
  prisma.metadataCache.deleteMany({ where: { fetchedAt: { lt: new Date(now.getTime() - keepMs) } } });
