import { fromAdf } from "@/lib/richtext/from-adf";
import { toWiki } from "@/lib/richtext/to-wiki";
import { issueUrl, newIssueUrl, parseIssueRef } from "@/lib/trackers/jira/address";
import { marker } from "@/lib/trackers/jira/marker";
import { contextOf, sharedMethods } from "@/lib/trackers/jira/open";
import { probe } from "@/lib/trackers/jira/probe";
import { rate } from "@/lib/trackers/jira/rate";
import { webhookProof } from "@/lib/trackers/jira/webhook";
import { adminWebhooks, dynamicWebhooks } from "@/lib/trackers/jira/webhooks";
import { limits } from "@/lib/trackers/limits";
import type { OpenTracker, PrefilledUrl, Site, Tracker } from "@/lib/trackers/tracker";
import { baseUrlOf } from "./address";
import { edition } from "./edition";
import { discover, usesGateway } from "./gateway";
import { listLabels, listProjects } from "./lists";

const scopes = [
  { name: "read:jira-work", neededFor: "reading projects and issues" },
  { name: "write:jira-work", neededFor: "creating and changing issues" },
  { name: "read:jira-user", neededFor: "finding people" },
];
const help = {
  text: "Atlassian account → Security → API tokens. The token acts as the account with this e-mail address.",
  url: "https://id.atlassian.com/manage-profile/security/api-tokens",
};
const email = { name: "email", label: "E-mail", placeholder: "you@example.com", isSecret: false };
const token = { name: "token", label: "API token", placeholder: "ATATT…", isSecret: true };

/** Jira Cloud, by version 3 of its REST API. */
export const jiraCloud = {
  label: "Jira Cloud",
  projectNoun: "project",
  bodyFormat: "adf",
  limits: limits.jira,
  // Nothing says how long Jira goes on with a request whose caller has gone. What takes longer is not lost: where a look
  // proves no absence, a person decides.
  settleMs: 30_000,
  marker,
  rate,
  location: {
    label: "Site",
    placeholder: "https://your-team.atlassian.net",
    help: "The address at which you open Jira.",
    default: "",
  },
  auth: [
    { id: "api_token", label: "API token", fields: [email, token], help, scopes: [] },
    {
      id: "scoped_token",
      label: "API token with scopes",
      fields: [email, token],
      help: {
        ...help,
        text: `${help.text} Choose “Create API token with scopes”, the app Jira, and the scopes below.`,
      },
      scopes,
    },
  ],
  webhook: webhookProof(edition),
  webhookGuide: "https://support.atlassian.com/jira-cloud-administration/docs/manage-webhooks/",

  baseUrlOf,
  parseIssueRef,
  issueUrl,
  newIssueUrl(baseUrl, input): PrefilledUrl {
    // The page takes Jira's older markup.
    return newIssueUrl(baseUrl, input, input.body && toWiki(fromAdf(JSON.parse(input.body))).output);
  },
  discover,
  open,
} satisfies Tracker;

function open(site: Site) {
  const context = contextOf(site, edition);
  const isApp = site.credential.type === "oauth";
  return {
    probe: () => probe(context, () => "3"),
    listProjects: (input) => listProjects(context, input),
    ...sharedMethods(context, { listLabels: (input) => listLabels(context, input) }),
    // Through the gateway only an OAuth app's own webhooks can be reached; the others belong to the site.
    ...(isApp || usesGateway(site) ? dynamicWebhooks(context) : adminWebhooks(context, "classic")),
  } satisfies OpenTracker;
}
