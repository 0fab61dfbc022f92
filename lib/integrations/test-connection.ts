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
import type { Probe, Settings } from "@/lib/trackers/tracker";
import { type ChangedSite, changedSite } from "./changed-site";
import { type ConnectionReport, failureReport, reportOf } from "./connection-report";
import { type FoundIntegration, getIntegration, settingsOf } from "./find-integration";
import type { TestInput } from "./inputs";
import { discoverWith, openWith, type Reached } from "./open-tracker";
import { authFormOf, readCredential } from "./read-credential";
import { refuseLeft } from "./still-there";
import { readWay, straightWay } from "./way";

const deadlineMs = 15_000;

/** Asks the tracker who we are and what we may do; reads only. A tracker that refuses is a report, not an error. */
export async function testConnection(admin: Actor, input: TestInput): Promise<ConnectionReport> {
  await countTest(admin);
  if ("provider" in input) {
    const provider = trackerOf(input.provider);
    const form = authFormOf(provider, input.authType);
    const baseUrl = provider.baseUrlOf(input.baseUrl);
    const way = readWay(input, straightWay, baseUrl);
    const site = { provider, baseUrl, credential: readCredential(form, input.credential), settings: {}, way };
    const { report } = await probed(site.baseUrl, () => probeSite(site, owner(admin)));
    await transaction((tx) =>
      audit(tx, admin, "integration.tested", { subjectType: "integration", subjectId: "new", after: summary(report) }),
    );
    return report;
  }

  const { integrationId, ...changes } = input;
  const integration = await getIntegration(admin, integrationId);
  const changed = await changedSite(integration, changes);
  const { provider, baseUrl, way, credential } = changed;
  if (!credential) return testStored(admin, integration, changed);

  const site = { provider, baseUrl, credential, way, settings: settingsOf(integration) };
  const { report } = await probed(baseUrl, () => probeSite(site, { ...owner(admin, integration), connectionId: null }));
  await transaction((tx) =>
    audit(tx, admin, "integration.tested", { ...subject(integration), after: { ...summary(report), stored: false } }),
  );
  return report;
}

/** Only this one says how the integration itself is, so only this one is kept. */
async function testStored(admin: Actor, integration: FoundIntegration, { provider, baseUrl, way }: ChangedSite) {
  const { shared } = integration;
  if (!shared) throw new AppError("not_connected", "No credential is stored. Enter one.");

  const ref = { id: shared.id, workspaceId: admin.workspaceId };
  const { report, found } = await probed(baseUrl, () =>
    withToken(ref, async (token) => {
      await refuseLeft(
        { workspaceId: admin.workspaceId, integrationId: integration.id },
        { baseUrl, authType: integration.authType, way },
      );
      const credential = unpackCredential(integration.authType, token);
      const site = { provider, baseUrl, credential, way, settings: settingsOf(integration) };
      return probeSite(site, owner(admin, integration));
    }),
  );
  await transaction(async (tx) => {
    if (found) await noteProbe(tx, ref, found.probe);
    // Being asked to wait says nothing of how the integration is: what was found before still holds.
    if (report.failure?.kind !== "tracker_rate_limited")
      await tx.integration.update({
        where: { id: integration.id },
        data: {
          lastTest: report,
          lastTestAt: new Date(report.checkedAt),
          // A server that was brought up to date may do what it could not.
          ...(found && { settings: found.settings }),
        },
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

/** Who the credential belongs to, what it may do, and what has to be kept of the site. */
export async function probeSite(site: Reached, callOwner: Parameters<typeof openWith>[1]): Promise<Found> {
  const settings = await discoverWith(site, callOwner, { deadlineMs });
  const probe = await openWith({ ...site, settings }, callOwner, { deadlineMs }).probe();
  return { probe, settings };
}

type Found = { probe: Probe; settings: Settings };

async function probed(baseUrl: string, probe: () => Promise<Found>) {
  const { host } = new URL(baseUrl);
  try {
    const found = await probe();
    return { found, report: reportOf(found.probe, host) };
  } catch (error) {
    return { found: null, report: failureReport(error, host) };
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
