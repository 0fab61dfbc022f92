import { AppError } from "@/lib/errors";
import { issueUrl, newIssueUrl, parseIssueRef } from "@/lib/trackers/jira/address";
import { read } from "@/lib/trackers/jira/client";
import { marker } from "@/lib/trackers/jira/marker";
import { contextOf, sharedMethods } from "@/lib/trackers/jira/open";
import { probe } from "@/lib/trackers/jira/probe";
import { rate } from "@/lib/trackers/jira/rate";
import { webhookProof } from "@/lib/trackers/jira/webhook";
import { adminWebhooks } from "@/lib/trackers/jira/webhooks";
import { wireServerInfo } from "@/lib/trackers/jira/wire";
import { limits } from "@/lib/trackers/limits";
import type { OpenTracker, PrefilledUrl, Settings, Site, Tracker } from "@/lib/trackers/tracker";
import { baseUrlOf } from "./address";
import { edition } from "./edition";
import { listLabels, listProjects } from "./lists";

/** Jira Data Center and Server from 8.14 on, by version 2 of their REST API. */
export const jiraDc = {
  label: "Jira Data Center",
  projectNoun: "project",
  bodyFormat: "wiki",
  limits: limits.jira,
  // Nothing says how long Jira goes on with a request whose caller has gone. What takes longer is not lost: where a look
  // proves no absence, a person decides.
  settleMs: 30_000,
  marker,
  rate,
  location: {
    label: "Address",
    placeholder: "https://jira.example.com",
    help: "The address at which you open Jira, with its path where it has one: https://example.com/jira.",
    default: "",
  },
  auth: [
    {
      id: "pat",
      label: "Personal access token",
      fields: [{ name: "token", label: "Token", placeholder: "NjQ3…", isSecret: true }],
      help: {
        text: "Your picture → Profile → Personal Access Tokens → Create token. From Jira 8.14 on.",
        url: "https://confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html",
      },
      scopes: [],
    },
    {
      id: "basic",
      label: "User name and password",
      fields: [
        { name: "username", label: "User name", placeholder: "qa-bot", isSecret: false },
        { name: "password", label: "Password", placeholder: "", isSecret: true },
      ],
      help: {
        text: "An account of Jira's own. Jira 11 comes with this switched off; after failed sign-ins Jira asks for a CAPTCHA.",
        url: "https://confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html",
      },
      scopes: [],
    },
  ],
  webhook: webhookProof(edition),
  webhookGuide: "https://confluence.atlassian.com/adminjiraserver/managing-webhooks-938846912.html",

  baseUrlOf,
  parseIssueRef,
  issueUrl,
  newIssueUrl: (baseUrl, input): PrefilledUrl => newIssueUrl(baseUrl, input, input.body),
  discover,
  open,
} satisfies Tracker;

/** The version, by which webhooks are registered; and whether it is a Data Center at all. */
async function discover(site: Site): Promise<Settings> {
  const jira = await contextOf(site, edition).client();
  const { version, deploymentType } = (await read(wireServerInfo, jira.serverInfo.getServerInfo())).data;
  if (deploymentType === "Cloud") {
    const message = "This is a Jira Cloud site: choose Jira Cloud.";
    throw new AppError("invalid_input", message, { fields: { baseUrl: message } });
  }
  return { ...site.settings, ...(version && { version }) };
}

function open(site: Site) {
  const context = contextOf(site, edition);
  const isNew = Number.parseInt(site.settings.version ?? "", 10) >= 10;
  return {
    probe: () => probe(context, ({ version }) => version ?? null),
    listProjects: (input) => listProjects(context, input),
    ...sharedMethods(context, { listLabels: (input) => listLabels(context, input) }),
    ...adminWebhooks(context, isNew ? "newer" : "classic"),
  } satisfies OpenTracker;
}
