import type { OpenTracker, Site } from "@/lib/trackers/tracker";
import type { JiraClient } from "./client";
import { overTransport } from "./client";
import { commentMethods } from "./comments";
import type { Context, Edition } from "./edition";
import { issueMethods } from "./issues";
import { markerMethods } from "./marker";
import { optionMethods } from "./options";
import { projectMethods } from "./projects";
import { searchMethods } from "./search";
import { userMethods } from "./users";

/** An open tracker's context: jira.js is loaded by the first call, and once. */
export function contextOf(site: Site, edition: Edition): Context {
  let loaded: Promise<JiraClient> | undefined;
  const load = () =>
    edition.load({
      host: edition.hostOf(site),
      baseRequestConfig: overTransport(site.fetch, edition.authorizationOf(site.credential), secretsOf(site)),
    });
  return {
    site,
    edition,
    client() {
      loaded ??= load();
      return loaded;
    },
  };
}

/** What Cloud and Data Center do alike. */
export function sharedMethods(context: Context, own: Pick<OpenTracker, "listLabels">) {
  const issues = issueMethods(context);
  const search = searchMethods(context, issues.getIssue);
  return {
    ...projectMethods(context),
    ...userMethods(context),
    ...issues,
    ...search,
    ...markerMethods(context),
    ...optionMethods(context, { ...search, ...own }),
    ...commentMethods(context),
    ...own,
  } satisfies Partial<OpenTracker>;
}

/** What must not get into a message, and the pair that a Basic header is made of. */
function secretsOf({ credential: { values } }: Site): string[] {
  const { token, password, email, username } = values;
  const secrets = [token, password].flatMap((secret) => secret || []);
  return [...secrets, ...secrets.map((secret) => `${email ?? username ?? ""}:${secret}`)];
}
