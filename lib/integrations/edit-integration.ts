import { audit } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/member";
import { storeShared } from "@/lib/connections/store-shared";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import { lockRow } from "@/lib/db/lock";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { unfinishedStates } from "@/lib/issues/creation-state";
import { changedSite } from "./changed-site";
import { reportOf } from "./connection-report";
import { counted } from "./counted";
import { getIntegration, settingsOf } from "./find-integration";
import type { EditInput } from "./inputs";
import { blameField, refuseTakenName } from "./refusals";
import { countTest, probeSite } from "./test-connection";
import { isSameWay, storedWay, tellWay, wayOf, waySelect } from "./way";

/** Changes what is given. Another address, way or way to sign in demands the secret again; people's own ones end with it. */
export async function editIntegration(admin: Actor, integrationId: string, input: EditInput): Promise<{ id: string }> {
  const before = await getIntegration(admin, integrationId);
  const name = input.name ?? before.name;
  await refuseTakenName(admin, name, before.id);
  const { credential, form, ...site } = await changedSite(before, input);
  const { provider, baseUrl, authType, way, wayBefore } = site;

  const { workspaceId } = admin;
  const owner = { workspaceId, integrationId: before.id };
  // Before the credential is tried at the new address, and once more where nothing can come in between.
  if (baseUrl !== before.baseUrl) await refuseWhileInDoubt(prisma, owner);
  const found = credential && (await tryOut());

  return transaction(async (tx) => {
    // A second edit waits here: two of them could pair the address of one with the credential of the other.
    await lockRow(tx, "Workspace", workspaceId);
    const now = await getIntegration(admin, before.id, tx);
    const stored = await tx.integration.findFirstOrThrow({ where: { id: before.id, workspaceId }, select: waySelect });
    const isAsBefore =
      now.baseUrl === before.baseUrl &&
      now.authType === before.authType &&
      now.shared?.id === before.shared?.id &&
      isSameWay(wayOf(stored, owner), wayBefore);
    if (!isAsBefore) throw new AppError("conflict", `Somebody else has just changed ${now.name}. Look again.`);
    if (baseUrl !== now.baseUrl) await refuseWhileInDoubt(tx, owner);
    await refuseTakenName(admin, name, before.id, tx);

    const report = found && reportOf(found.probe, new URL(baseUrl).host);
    await tx.integration.update({
      where: { id: before.id },
      data: {
        name,
        baseUrl,
        authType,
        ...storedWay(way, owner),
        ...(found && { settings: found.settings }),
        ...(report && { lastTest: report, lastTestAt: new Date(report.checkedAt) }),
      },
      select: { id: true },
    });
    if (found) await storeShared(tx, owner, found.credential, found.probe);
    const isAsAuthorized = authType === now.authType && baseUrl === now.baseUrl && isSameWay(way, wayBefore);
    const ended = isAsAuthorized ? 0 : await endOwnConnections(tx, owner);
    await audit(tx, admin, "integration.edited", {
      subjectType: "integration",
      subjectId: before.id,
      before: {
        name: now.name,
        baseUrl: now.baseUrl,
        authType: now.authType,
        login: now.shared?.login ?? null,
        ...tellWay(wayBefore),
      },
      after: {
        name,
        baseUrl,
        authType,
        login: found ? (found.probe.account?.name ?? null) : (now.shared?.login ?? null),
        secretReplaced: found !== null,
        ...(ended > 0 && { needReauthorization: ended }),
        ...tellWay(way),
      },
    });
    await announce(tx, { workspaceId, projectId: null, topic: "integration", id: before.id });
    return { id: before.id };
  });

  async function tryOut() {
    if (!credential) return null;
    await countTest(admin);
    const tried = { provider, baseUrl, credential, way, settings: settingsOf(before) };
    const { probe, settings } = await blameField(form, probeSite(tried, { ...owner, connectionId: null }));
    return { credential, probe, settings };
  }
}

/**
 * What people have authorized by another way to sign in is of no use by the new one; and to another address, or by another
 * way, it is not sent: whoever may change those could otherwise collect it.
 */
async function endOwnConnections(tx: Tx, owner: { workspaceId: string; integrationId: string }): Promise<number> {
  const { count } = await tx.connection.updateMany({
    where: { ...owner, userId: { not: null }, status: "active" },
    data: { status: "needs_reauthorization" },
  });
  return count;
}

/** What was sent to the old address is looked for there; at another one a look would find nothing and send it again. */
async function refuseWhileInDoubt(
  tx: Pick<Tx, "issueCreation">,
  owner: { workspaceId: string; integrationId: string },
): Promise<void> {
  const inDoubt = { ...owner, sentAt: { not: null }, state: { in: unfinishedStates } };
  const count = await tx.issueCreation.count({ where: inDoubt });
  if (count === 0) return;
  const message = `${counted(count, "issue")} may have been created at the present address: wait until that is known, or decide it.`;
  throw new AppError("conflict", message, { fields: { baseUrl: message } });
}
