import { open } from "@/lib/crypto/seal";
import { prisma } from "@/lib/db/client";
import { AppError, isKind, notFound } from "@/lib/errors";
import { OutboundError } from "@/lib/http/outcome";
import { placeOf } from "./place";

type Ref = { id: string; workspaceId: string };

const usedAgainAfterMs = 60_000;

/**
 * The only place where a stored token is opened; it lives no longer than the call. A 401 that our newest token gets
 * marks the connection; one that an older token gets, because somebody stored a newer one meanwhile, is repeated once
 * with that: a 401 says that nothing happened.
 */
export async function withToken<T>(ref: Ref, call: (token: string) => Promise<T>): Promise<T> {
  const used = await read(ref);
  try {
    return await callWith(used, call);
  } catch (error) {
    if (!isKind(error, "tracker_unauthorized")) throw error;
    const now = await read(ref);
    if (now.version !== used.version) return callWith(now, call);
    // A sign-in page in the tracker's place says nothing about the token; only the tracker's own 401 does.
    if (!(error instanceof OutboundError) || error.status !== 401) throw error;
    await prisma.connection.updateMany({
      where: { id: ref.id, workspaceId: ref.workspaceId, version: used.version, status: "active" },
      data: { status: "needs_reauthorization" },
    });
    throw error;
  }
}

type Stored = Awaited<ReturnType<typeof read>>;

async function callWith<T>(stored: Stored, call: (token: string) => Promise<T>): Promise<T> {
  const value = await call(open(stored.sealedSecret, placeOf(stored)));
  // Once a minute is enough for "last used", and keeps a write off each call.
  const now = Date.now();
  if (!stored.lastUsedAt || now - stored.lastUsedAt.getTime() > usedAgainAfterMs) {
    await prisma.connection.updateMany({
      where: { id: stored.id, workspaceId: stored.workspaceId },
      data: { lastUsedAt: new Date(now) },
    });
  }
  return value;
}

async function read({ id, workspaceId }: Ref) {
  const stored = await prisma.connection.findFirst({
    where: { id, workspaceId },
    select: {
      id: true,
      workspaceId: true,
      userId: true,
      sealedSecret: true,
      status: true,
      version: true,
      lastUsedAt: true,
    },
  });
  if (!stored) throw notFound("connection");
  if (stored.status === "revoked") throw new AppError("not_connected", "This authorization has been revoked.");
  return stored;
}
