import { AppError } from "@/lib/errors";
import { azureDevops } from "./azure-devops";
import { github } from "./github";
import { gitlab } from "./gitlab";
import { jiraCloud } from "./jira/cloud";
import { jiraDc } from "./jira/dc";
import { simpleUrl } from "./simple-url";
import type { Tracker } from "./tracker";

// One line for each tracker. What is heavy about one (a client library) it loads itself, when it is first called.
const trackers = {
  github,
  gitlab,
  "jira-cloud": jiraCloud,
  "jira-dc": jiraDc,
  "azure-devops": azureDevops,
  "simple-url": simpleUrl,
} as const satisfies Record<string, Tracker>;

export type ProviderId = keyof typeof trackers;

/** Every provider id there is, in the order that people see. */
export const providerIds = Object.keys(trackers) as [ProviderId, ...ProviderId[]]; // Object.keys forgets what it knows

export const isProviderId = (id: string): id is ProviderId => Object.hasOwn(trackers, id);

/** The tracker with a provider's id. */
export function trackerOf(id: string): Tracker {
  if (!isProviderId(id)) throw new AppError("not_supported", `There is no tracker "${id}".`);
  return trackers[id];
}
