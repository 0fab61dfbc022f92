import { audit } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/member";
import { storeShared } from "@/lib/connections/store-shared";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import { lockRow } from "@/lib/db/lock";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { unfinishedStates } from "@/lib/issues/creation-state";
import { trackerOf } from "@/lib/trackers/registry";
import type { Credential, Probe } from "@/lib/trackers/tracker";
import { reportOf } from "./connection-report";
import { counted } from "./counted";
import { getIntegration, settingsOf } from "./find-integration";
import type { EditInput } from "./inputs";
import { blameField, refuseTakenName } from "./refusals";
import { countTest, probeSite, refuseMovedToken } from "./test-connection";

/** Changes what is given. No secret keeps the stored one; another address demands it again. */
export async function editIntegration(admin: Actor, integrationId: string, input: EditInput): Promise<{ id: string }> {
  const before = await getIntegration(admin, integrationId);
  const provider = trackerOf(before.provider);
  const name = input.name ?? before.name;
  const baseUrl = input.baseUrl === undefined ? before.baseUrl : provider.baseUrlOf(input.baseUrl);
  await refuseTakenName(admin, name, before.id);

  const { workspaceId } = admin;
  const owner = { workspaceId, integrationId: before.id };
  // Before the token is tried at the new address, and once more where nothing can come in between.
  if (baseUrl !== before.baseUrl) await refuseWhileInDoubt(prisma, owner);
  let found: { credential: Credential; probe: Probe } | null = null;
  if (input.secret === undefined) refuseMovedToken(baseUrl, before.baseUrl);
  else {
    await countTest(admin);
    const credential = { type: before.authType, values: { token: input.secret } };
    const site = { provider, baseUrl, credential, settings: settingsOf(before) };
    const probe = await blameField(probeSite(site, { ...owner, connectionId: null }));
    found = { credential, probe };
  }

  return transaction(async (tx) => {
    // A second edit waits here: two of them could pair the address of one with the token of the other.
    await lockRow(tx, "Workspace", workspaceId);
    const now = await getIntegration(admin, before.id, tx);
    if (!found) refuseMovedToken(baseUrl, now.baseUrl);
    if (baseUrl !== now.baseUrl) await refuseWhileInDoubt(tx, owner);
    await refuseTakenName(admin, name, before.id, tx);

    const report = found && reportOf(found.probe, new URL(baseUrl).host);
    await tx.integration.update({
      where: { id: before.id },
      data: { name, baseUrl, ...(report && { lastTest: report, lastTestAt: new Date(report.checkedAt) }) },
      select: { id: true },
    });
    if (found) await storeShared(tx, owner, found.credential, found.probe);
    await audit(tx, admin, "integration.edited", {
      subjectType: "integration",
      subjectId: before.id,
      before: { name: now.name, baseUrl: now.baseUrl, login: now.shared?.login ?? null },
      after: {
        name,
        baseUrl,
        login: found?.probe.account?.name ?? now.shared?.login ?? null,
        secretReplaced: found !== null,
      },
    });
    await announce(tx, { workspaceId, projectId: null, topic: "integration", id: before.id });
    return { id: before.id };
  });
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
