import { seal } from "@/lib/crypto/seal";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import type { Credential, Probe } from "@/lib/trackers/tracker";
import { packCredential } from "./credential";
import { placeOf } from "./place";

type Owner = { workspaceId: string; integrationId: string };

/** Seals an integration's shared credential, in place of the one before, with the account that it was found to be. */
export async function storeShared(tx: Tx, owner: Owner, credential: Credential, probe: Probe): Promise<string> {
  const account = accountOf(probe);
  const stored = await tx.connection.findFirst({ where: { ...owner, userId: null }, select: { id: true } });
  const id = stored?.id ?? newId();
  const sealedSecret = seal(packCredential(credential), placeOf({ id, workspaceId: owner.workspaceId, userId: null }));

  if (stored) {
    const data = { ...account, sealedSecret, status: "active" as const, version: { increment: 1 } };
    await tx.connection.update({ where: { id }, data, select: { id: true } });
    // What the tracker counted was the account that the earlier credential belonged to.
    await tx.rateBudget.deleteMany({ where: { connectionId: id, workspaceId: owner.workspaceId } });
    // And so was what it saw of types, fields and people.
    await tx.metadataCache.deleteMany({ where: { connectionId: id, workspaceId: owner.workspaceId } });
    // And what it showed of its forms, those eyes have seen.
    await tx.metadataCache.deleteMany({ where: { connectionId: id, workspaceId: owner.workspaceId } });
  } else {
    await tx.connection.create({
      data: { id, ...owner, ...account, userId: null, sealedSecret },
      select: { id: true },
    });
  }
  return id;
}

/** Notes what a probe found about a stored credential; a credential that works needs no re-authorization. */
export async function noteProbe(tx: Tx, ref: { id: string; workspaceId: string }, probe: Probe): Promise<void> {
  await tx.connection.updateMany({
    where: { ...ref, status: { not: "revoked" } },
    data: { ...accountOf(probe), status: "active" },
  });
}

const accountOf = ({ account, scopesFound }: Probe) => ({
  remoteUserId: account?.remoteId ?? null,
  login: account?.login ?? account?.name ?? null,
  displayName: account?.displayName ?? null,
  scopes: [...(scopesFound ?? [])],
});
