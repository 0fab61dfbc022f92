import { readStoredCredential } from "@/lib/connections/stored-credential";
import { prisma } from "@/lib/db/client";
import { trackerOf } from "@/lib/trackers/registry";
import type { AuthForm, Credential, Tracker } from "@/lib/trackers/tracker";
import type { FoundIntegration } from "./find-integration";
import type { EditInput } from "./inputs";
import { authFormOf, publicValuesOf, readCredential } from "./read-credential";
import { isSameWay, readWay, type Way, wayOf, waySelect } from "./way";

/** An integration as it would be with what was typed. */
export type ChangedSite = {
  provider: Tracker;
  form: AuthForm;
  baseUrl: string;
  authType: string;
  way: Way;
  /** As the integration has it now, to see whether somebody changed it meanwhile. */
  wayBefore: Way;
  /** To be tried and stored; null: the stored one stays as it is. */
  credential: Credential | null;
};

type Changes = Pick<EditInput, "baseUrl" | "authType" | "credential" | "caCertificate" | "tlsFingerprint" | "proxy">;

/**
 * What is left out or empty is as it is stored. A stored secret goes to the address that it was entered for, by the way
 * that it was entered for, and to no other: whoever may change those could otherwise lead it to themselves and read it.
 */
export async function changedSite(integration: FoundIntegration, input: Changes): Promise<ChangedSite> {
  const { workspaceId, shared } = integration;
  const provider = trackerOf(integration.provider);
  const baseUrl = input.baseUrl === undefined ? integration.baseUrl : provider.baseUrlOf(input.baseUrl);
  const wayBefore = await readStoredWay(integration);
  const way = readWay(input, wayBefore, baseUrl);
  const authType = input.authType ?? integration.authType;
  const form = authFormOf(provider, authType);
  const site = { provider, form, baseUrl, authType, way, wayBefore };

  const typed = input.credential ?? {};
  const stored = shared && (await readStoredCredential({ id: shared.id, workspaceId }, integration.authType));
  if (!stored || stored.type !== authType) return { ...site, credential: readCredential(form, typed) };

  if (baseUrl !== integration.baseUrl || !isSameWay(way, wayBefore)) {
    const what = baseUrl === integration.baseUrl ? "The way to the tracker" : "The address";
    const again = `${what} has changed: enter this again. What is stored is never sent anywhere else.`;
    return { ...site, credential: readCredential(form, typed, publicValuesOf(form, stored.values), again) };
  }
  const credential = readCredential(form, typed, stored.values);
  // A secret that is typed again is tried again, also when it is the stored one: the tracker may have refused it meanwhile.
  const isTyped = form.fields.some(({ name, isSecret }) => isSecret && Boolean(typed[name]));
  return { ...site, credential: !isTyped && isSame(credential, stored) ? null : credential };
}

async function readStoredWay({ id, workspaceId }: FoundIntegration): Promise<Way> {
  const row = await prisma.integration.findFirstOrThrow({ where: { id, workspaceId }, select: waySelect });
  return wayOf(row, { workspaceId, integrationId: id });
}

const isSame = ({ values }: Credential, stored: Credential) =>
  Object.keys(values).length === Object.keys(stored.values).length &&
  Object.entries(values).every(([name, value]) => stored.values[name] === value);
