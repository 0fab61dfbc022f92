import { secretsOf, unpackCredential } from "@/lib/connections/credential";
import { withToken } from "@/lib/connections/token";
import { prisma } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import { createTransport, type TransportOptions } from "@/lib/http/transport";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";
import type { OpenTracker, Settings, Site, Tracker } from "@/lib/trackers/tracker";
import { budgetOf, type Priority } from "./budget/budget";
import { leftOf } from "./budget/read-answer";
import { settingsOf } from "./find-integration";
import { type CallOwner, recordCalls } from "./record-call";
import { refuseLeft } from "./still-there";
import { straightWay, transportOf, type Way, wayOf, waySelect } from "./way";
import { withoutSecrets } from "./without-secrets";

/** A stored credential: one connection, or the integration's shared one. The workspace is the caller's own. */
export type Credential = { workspaceId: string } & ({ connectionId: string } | { integrationId: string });

/** Without `runId` the tracker may be read only. */
export type Use = { runId?: string; attempt?: number; deadlineMs?: number; priority?: Priority };

export type OpenedTracker = {
  tracker: OpenTracker;
  provider: Tracker;
  integration: { id: string; name: string; provider: string; baseUrl: string };
  connection: { id: string; userId: string | null; login: string | null; displayName: string | null };
};

/**
 * The tracker behind a stored credential, ready to be called. Each of its calls opens the token for itself, so that a
 * token renewed between two calls is the one that the second uses. Throws integration_disabled, not_connected,
 * or tracker_unauthorized while the credential waits to be renewed.
 */
export async function openTracker(credential: Credential, use: Use = {}): Promise<OpenedTracker> {
  const { integration: found, ...connection } = await findConnection(credential);
  const { caCertificate, tlsFingerprint, sealedProxy, authType, settings: stored, ...integration } = found;
  if (integration.status !== "active")
    throw new AppError("integration_disabled", `${integration.name} is disabled: nothing is sent to it.`);
  if (connection.status === "revoked")
    throw new AppError("not_connected", `The authorization for ${integration.name} has been revoked.`);
  if (connection.status === "needs_reauthorization")
    throw new AppError(
      "tracker_unauthorized",
      `${integration.name} no longer accepts the stored credential. An administrator has to enter a new one.`,
    );

  const owner = { workspaceId: connection.workspaceId, integrationId: integration.id, connectionId: connection.id };
  const provider = trackerOf(integration.provider);
  const { baseUrl } = integration;
  const settings = settingsOf({ settings: stored });
  const way = wayOf({ caCertificate, tlsFingerprint, sealedProxy }, owner);
  const ref = { id: owner.connectionId, workspaceId: owner.workspaceId };
  return {
    tracker: eachCall(provider, (call) =>
      withToken(ref, async (token) => {
        await refuseLeft(owner, { baseUrl, authType, way });
        const credential = unpackCredential(authType, token);
        return call(openWith({ provider, baseUrl, settings, way, credential }, owner, use));
      }),
    ),
    provider,
    integration,
    connection,
  };
}

/**
 * A tracker with a credential that is at hand: one that `withToken` has just opened, or one being tried. The latter is
 * nobody's connection yet: its owner names none, and no stored credential's budget answers for it.
 */
export const openWith = (site: Reached, owner: CallOwner, use: Use = {}): OpenTracker =>
  eachCall(site.provider, (call) => withSite(site, owner, use, (reached) => call(site.provider.open(reached))));

/** What the adapter has to find out once of a site and its credential, in place of what it had found before. */
export const discoverWith = async (site: Reached, owner: CallOwner, use: Use = {}): Promise<Settings> => {
  const { provider } = site;
  if (!provider.discover) return {};
  return withSite(site, owner, use, (reached) => provider.discover?.(reached) ?? Promise.resolve({}));
};

/** Where, by which way, as whom, and by which adapter. */
export type Reached = Omit<Site, "fetch"> & { provider: Tracker; way?: Way };

async function withSite<R>(site: Reached, owner: CallOwner, use: Use, call: (reached: Site) => Promise<R>): Promise<R> {
  const secrets = secretsIn(site);
  const { record, judge } = recordCalls(owner, secrets);
  try {
    return await call(siteOver(site, owner, use, record));
  } catch (error) {
    // The log is not what the call is about.
    await judge(error).catch(() => {});
    throw withoutSecrets(error, secrets);
  }
}

const secretsIn = ({ provider, credential }: Reached) => {
  const fields = provider.auth.find(({ id }) => id === credential.type)?.fields ?? [];
  return secretsOf(
    credential,
    fields.flatMap(({ name, isSecret }) => (isSecret ? [] : [name])),
  );
};

function siteOver(
  { provider, way = straightWay, ...site }: Reached,
  owner: CallOwner,
  { runId, attempt, deadlineMs, priority }: Use,
  record: TransportOptions["record"],
): Site {
  const { connectionId } = owner;
  const { fetch } = createTransport({
    policy: { allowPrivate: env().FAULTLINE_ALLOW_PRIVATE_NETWORKS },
    ...transportOf(way, site.baseUrl),
    record,
    leftOf: (headers) => leftOf(headers, provider.rate),
    ...(connectionId !== null && {
      budget: budgetOf({ ...owner, connectionId }, provider, { priority, attempt }),
    }),
    ...(runId !== undefined && { runId }),
    ...(attempt !== undefined && { attempt }),
    ...(deadlineMs !== undefined && { deadlineMs }),
  });
  return { ...site, fetch };
}

/** A tracker that is opened anew for each of its calls, the way that `open` says. */
function eachCall(provider: Tracker, open: <R>(call: (tracker: OpenTracker) => Promise<R>) => Promise<R>): OpenTracker {
  const methods = Object.keys(offersOf(provider)) as (keyof OpenTracker)[]; // its own keys, which are its methods
  const wrapped = methods.map((name) => [
    name,
    // Each method goes to the one of the same name, with what it was given.
    (...args: never[]) => open((tracker) => (tracker[name] as (...given: never[]) => Promise<unknown>)(...args)),
  ]);
  return Object.fromEntries(wrapped);
}

async function findConnection(credential: Credential) {
  const found = await prisma.connection.findFirst({
    where:
      "connectionId" in credential
        ? { id: credential.connectionId, workspaceId: credential.workspaceId }
        : { integrationId: credential.integrationId, workspaceId: credential.workspaceId, userId: null },
    select: {
      id: true,
      workspaceId: true,
      userId: true,
      login: true,
      displayName: true,
      status: true,
      integration: {
        select: {
          id: true,
          name: true,
          provider: true,
          baseUrl: true,
          authType: true,
          settings: true,
          status: true,
          ...waySelect,
        },
      },
    },
  });
  if (!found) throw notFound("connection");
  return found;
}
