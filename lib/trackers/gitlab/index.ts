import { limits } from "@/lib/trackers/limits";
import type { OpenTracker, Site, Tracker } from "@/lib/trackers/tracker";
import { baseUrlOf, issueUrl, newIssueUrl, parseIssueRef, publicSite } from "./address";
import { gitlabClient } from "./client";
import { comments } from "./comments";
import { files } from "./files";
import { hooks } from "./hooks";
import { issues } from "./issues";
import { lists } from "./lists";
import { scopes } from "./map";
import { projects } from "./projects";
import { rate } from "./rate";
import { webhook } from "./webhook";

/** gitlab.com and self-managed instances, below a path of their own too. */
export const gitlab = {
  label: "GitLab",
  projectNoun: "project",
  // GitLab ends a request that it has worked on for 60 s: https://docs.gitlab.com/administration/operations/puma/#worker-timeout
  settleMs: 60_000,
  // In a comment of the text; the list shows a new issue at once.
  marker: { indexDelayMs: 0, provesAbsence: true },
  rate,
  bodyFormat: "glfm",
  limits: limits.gitlab,
  webhook,
  webhookGuide: "https://docs.gitlab.com/user/project/integrations/webhooks/",
  location: {
    label: "Address",
    placeholder: publicSite,
    help: "gitlab.com, or the address of your own instance with its path if it has one.",
    default: publicSite,
  },
  auth: [
    {
      id: "pat",
      label: "Access token",
      fields: [{ name: "token", label: "Token", placeholder: "glpat-…", isSecret: true }],
      help: {
        text: "Personal: User settings → Access tokens. Project or group: its Settings → Access tokens, with the role Reporter (Maintainer to register webhooks). Scope: api.",
        url: "https://docs.gitlab.com/user/profile/personal_access_tokens/",
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
  const client = gitlabClient(site);
  return {
    ...projects(client),
    ...issues(client),
    ...lists(client),
    ...comments(client),
    ...files(client),
    ...hooks(client),
  } satisfies OpenTracker;
}
