import { audit } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/member";
import { storeShared } from "@/lib/connections/store-shared";
import { transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { announce } from "@/lib/events/announce";
import { trackerOf } from "@/lib/trackers/registry";
import { reportOf } from "./connection-report";
import type { ConnectInput } from "./inputs";
import { authFormOf, readCredential } from "./read-credential";
import { blameField, refuseTakenName } from "./refusals";
import { countTest, probeSite } from "./test-connection";
import { readWay, storedWay, straightWay, tellWay } from "./way";

/**
 * Adds a tracker with a shared credential. The tracker is asked whose credential it is first: issues will be filed
 * under that name, and a credential that nobody accepts is not worth keeping. Missing permissions are reported, not
 * refused.
 */
export async function connectIntegration(admin: Actor, input: ConnectInput): Promise<{ id: string }> {
  const provider = trackerOf(input.provider);
  const form = authFormOf(provider, input.authType);
  const baseUrl = provider.baseUrlOf(input.baseUrl);
  const way = readWay(input, straightWay, baseUrl);
  const credential = readCredential(form, input.credential);
  await refuseTakenName(admin, input.name);
  await countTest(admin);

  const id = newId();
  const { workspaceId } = admin;
  const owner = { workspaceId, integrationId: id };
  const site = { provider, baseUrl, credential, settings: {}, way };
  const { probe, settings } = await blameField(form, probeSite(site, { ...owner, connectionId: null }));
  const report = reportOf(probe, new URL(baseUrl).host);

  return transaction(async (tx) => {
    await lockRow(tx, "Workspace", workspaceId);
    await refuseTakenName(admin, input.name, undefined, tx);
    await tx.integration.create({
      data: {
        id,
        workspaceId,
        provider: input.provider,
        name: input.name,
        baseUrl,
        authType: input.authType,
        settings,
        ...storedWay(way, owner),
        createdById: admin.userId,
        lastTest: report,
        lastTestAt: new Date(report.checkedAt),
      },
      select: { id: true },
    });
    await storeShared(tx, owner, credential, probe);
    await audit(tx, admin, "integration.connected", {
      subjectType: "integration",
      subjectId: id,
      after: {
        provider: input.provider,
        name: input.name,
        baseUrl,
        authType: input.authType,
        login: probe.account?.name ?? null,
        ...tellWay(way),
      },
    });
    await announce(tx, { workspaceId, projectId: null, topic: "integration", id });
    return { id };
  });
}
