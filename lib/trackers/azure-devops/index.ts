import { limits } from "@/lib/trackers/limits";
import type { OpenTracker, Site, Tracker } from "@/lib/trackers/tracker";
import { baseUrlOf, issueUrl, newIssueUrl, parseIssueRef } from "./address";
import { azureClient } from "./client";
import { comments } from "./comments";
import { files } from "./files";
import { hooks } from "./hooks";
import { items } from "./items";
import { scopes } from "./map";
import { people } from "./people";
import { probe } from "./probe";
import { processOf } from "./process";
import { projects } from "./projects";
import { rate } from "./rate";
import { markerTag } from "./tags";
import { webhook } from "./webhook";

/** Azure DevOps Services and Server: the work items of an organisation or of a collection. */
export const azureDevops = {
  label: "Azure DevOps",
  projectNoun: "project",
  // A call may be delayed by 30 s before it is worked on: https://learn.microsoft.com/azure/devops/integrate/concepts/rate-limits
  settleMs: 40_000,
  // A tag, because no other field that every type has can be looked for; queries read the database itself.
  marker: {
    indexDelayMs: 0,
    provesAbsence: true,
    async remove(tracker, issue, marker) {
      await tracker.updateIssue?.(issue, { removeLabels: [markerTag(marker)] });
    },
  },
  rate,
  bodyFormat: "html",
  limits: limits.azureDevops,
  webhook,
  webhookGuide: "https://learn.microsoft.com/azure/devops/service-hooks/services/webhooks",
  location: {
    label: "Organisation or collection",
    placeholder: "https://dev.azure.com/organisation",
    help: "https://dev.azure.com/organisation, or on a Server the address of the collection: https://server/DefaultCollection.",
    default: "https://dev.azure.com/",
  },
  auth: [
    {
      id: "pat",
      label: "Personal access token",
      fields: [{ name: "token", label: "Token", placeholder: "84 letters and digits; 52 on a Server", isSecret: true }],
      help: {
        text:
          "User settings → Personal access tokens → New token. Choose this organisation (tokens for all organisations end on " +
          "1 December 2026), and the scopes Work Items: Read & write, Project and Team: Read, Identity: Read.",
        url: "https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate",
      },
      scopes,
    },
  ],

  baseUrlOf,
  parseIssueRef,
  issueUrl,
  newIssueUrl,
  open,
} satisfies Tracker;

function open(site: Site) {
  const client = azureClient(site);
  const places = projects(client);
  const process = processOf(client);
  const { read, change, ...ofItems } = items(client, places);
  const { listTypes, getForm, listStates, searchOptions, listLabels } = process;

  return {
    probe: () => probe(client),
    listProjects: places.listProjects,
    getProject: places.getProject,
    ...{ listTypes, getForm, listStates, searchOptions, listLabels },
    listUsers: people(client).listUsers,
    ...ofItems,
    ...comments(client),
    ...files(client, { read, change }),
    ...hooks(client),
  } satisfies OpenTracker;
}
