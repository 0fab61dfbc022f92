import { limits } from "@/lib/trackers/limits";
import type { OpenTracker, Site, Tracker } from "@/lib/trackers/tracker";
import { baseUrlOf, issueUrl, newIssueUrl, parseIssueRef } from "./address";
import { boards } from "./boards";
import { read } from "./client";
import { comments } from "./comments";
import { createContext } from "./context";
import { forms } from "./forms";
import { hooks } from "./hooks";
import { issues } from "./issues";
import { lists } from "./lists";
import { scopes, toProbe } from "./map";
import { people } from "./people";
import { webhook } from "./proof";
import { rate } from "./rate";
import { wireUser } from "./wire";

/** GitHub.com, GitHub Enterprise Cloud with data residency, and Enterprise Server. */
export const github = {
  label: "GitHub",
  projectNoun: "repository",
  // GitHub ends a request that it has worked on for 10 s: https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
  settleMs: 12_000,
  // In a comment of the text. The list of issues, unlike the search, shows a new one at once.
  marker: { indexDelayMs: 0, provesAbsence: true },
  rate,
  webhook,
  webhookGuide: "https://docs.github.com/webhooks/using-webhooks/creating-webhooks",
  bodyFormat: "gfm",
  limits: limits.github,
  location: {
    label: "Address",
    placeholder: "https://github.com",
    help: "github.com, or the address of your Enterprise Server.",
    default: "https://github.com",
  },
  auth: [
    {
      id: "pat",
      label: "Personal access token",
      fields: [{ name: "token", label: "Token", placeholder: "github_pat_… or ghp_…", isSecret: true }],
      help: {
        text: "Fine-grained: Issues read and write, Metadata read; for webhooks also Webhooks, for boards the organisation's Projects, each read and write. Classic: the scopes named here.",
        url: "https://docs.github.com/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens",
      },
      scopes: scopes.map(({ name, neededFor }) => ({ name, neededFor })),
    },
  ],

  baseUrlOf,
  parseIssueRef,
  issueUrl,
  newIssueUrl,
  open,
} satisfies Tracker;

function open(site: Site) {
  const context = createContext(site);
  const persons = people(context);
  const form = forms(context, persons);
  const issue = issues(context, form, persons);

  return {
    async probe() {
      const { data, headers } = await read(wireUser, context.octokit.rest.users.getAuthenticated());
      return toProbe(data, headers, Date.now());
    },
    getProject: context.getProject,
    ...form.methods,
    ...issue,
    ...lists(context, issue.getIssue),
    ...comments(context),
    ...boards(context),
    ...hooks(context),
  } satisfies OpenTracker;
}
