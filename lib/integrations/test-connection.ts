import { audit } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/member";
import { unpackCredential } from "@/lib/connections/credential";
import { noteProbe } from "@/lib/connections/store-shared";
import { withToken } from "@/lib/connections/token";
import { transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { countAttempt } from "@/lib/limits";
import { trackerOf } from "@/lib/trackers/registry";
import type { Probe, Tracker } from "@/lib/trackers/tracker";
import { type ConnectionReport, failureReport, reportOf } from "./connection-report";
import { type FoundIntegration, getIntegration, settingsOf } from "./find-integration";
import type { TestInput } from "./inputs";
import { openWith, type Reached } from "./open-tracker";

const deadlineMs = 15_000;

/** Asks the tracker who we are and what we may do; reads only. A tracker that refuses is a report, not an error. */
export async function testConnection(admin: Actor, input: TestInput): Promise<ConnectionReport> {
  await countTest(admin);
  if ("provider" in input) {
    const provider = trackerOf(input.provider);
    const credential = { type: input.authType, values: { token: input.secret } };
    const site = { provider, baseUrl: provider.baseUrlOf(input.baseUrl), credential, settings: {} };
    const { report } = await probed(site.baseUrl, () => probeSite(site, owner(admin)));
    await transaction((tx) =>
      audit(tx, admin, "integration.tested", { subjectType: "integration", subjectId: "new", after: summary(report) }),
    );
    return report;
  }

  const integration = await getIntegration(admin, input.integrationId);
  const provider = trackerOf(integration.provider);
  const baseUrl = input.baseUrl === undefined ? integration.baseUrl : provider.baseUrlOf(input.baseUrl);
  if (input.secret === undefined) return testStored(admin, integration, provider, baseUrl);

  const credential = { type: integration.authType, values: { token: input.secret } };
  const site = { provider, baseUrl, credential, settings: settingsOf(integration) };
  const { report } = await probed(baseUrl, () => probeSite(site, { ...owner(admin, integration), connectionId: null }));
  await transaction((tx) =>
    audit(tx, admin, "integration.tested", { ...subject(integration), after: { ...summary(report), stored: false } }),
  );
  return report;
}

/** Only this one says how the integration itself is, so only this one is kept. */
async function testStored(admin: Actor, integration: FoundIntegration, provider: Tracker, baseUrl: string) {
  refuseMovedToken(baseUrl, integration.baseUrl);
  const { shared } = integration;
  if (!shared)
    throw new AppError("not_connected", "No credential is stored. Enter a token.", {
      fields: { secret: "Enter a token." },
    });

  const ref = { id: shared.id, workspaceId: admin.workspaceId };
  const { report, probe } = await probed(baseUrl, () =>
    withToken(ref, (token) => {
      const credential = unpackCredential(integration.authType, token);
      return probeSite({ provider, baseUrl, credential, settings: settingsOf(integration) }, owner(admin, integration));
    }),
  );
  await transaction(async (tx) => {
    if (probe) await noteProbe(tx, ref, probe);
    // Being asked to wait says nothing of how the integration is: what was found before still holds.
    if (report.failure?.kind !== "tracker_rate_limited")
      await tx.integration.update({
        where: { id: integration.id },
        data: { lastTest: report, lastTestAt: new Date(report.checkedAt) },
        select: { id: true },
      });
    await audit(tx, admin, "integration.tested", {
      ...subject(integration),
      after: { ...summary(report), stored: true },
    });
    await announce(tx, { workspaceId: admin.workspaceId, projectId: null, topic: "integration", id: integration.id });
  });
  return report;
}

/** Throws rate_limited; saving a credential counts as well, for it asks the tracker the same. */
export const countTest = (admin: Actor) =>
  countAttempt(`test-connection:${admin.userId}`, env().FAULTLINE_LIMIT_TEST, 60);

/** Who the token belongs to and what it may do. */
export const probeSite = (site: Reached, callOwner: Parameters<typeof openWith>[1]): Promise<Probe> =>
  openWith(site, callOwner, { deadlineMs }).probe();

/** A stored token goes to the host that it was entered for, and to no other. */
export function refuseMovedToken(baseUrl: string, storedBaseUrl: string): void {
  if (baseUrl === storedBaseUrl) return;
  const message = "The address has changed: enter the token again. The stored one is never sent to another address.";
  throw new AppError("invalid_input", message, { fields: { secret: message } });
}

async function probed(baseUrl: string, probe: () => Promise<Probe>) {
  const { host } = new URL(baseUrl);
  try {
    const found = await probe();
    return { probe: found, report: reportOf(found, host) };
  } catch (error) {
    return { probe: null, report: failureReport(error, host) };
  }
}

const owner = (admin: Actor, integration?: FoundIntegration) => ({
  workspaceId: admin.workspaceId,
  integrationId: integration?.id ?? null,
  connectionId: integration?.shared?.id ?? null,
});

const subject = ({ id }: { id: string }) => ({ subjectType: "integration", subjectId: id });

const summary = ({ host, isOk, account, scopesMissing, failure }: ConnectionReport) => ({
  host,
  isOk,
  login: account?.login ?? null,
  scopesMissing: scopesMissing.map(({ name }) => name),
  failure: failure?.kind ?? null,
});
