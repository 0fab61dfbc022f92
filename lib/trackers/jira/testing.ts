import { startJiraCloud, startJiraDc } from "@/e2e/sandbox/jira/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";
import { createTransport, type OutboundCallRecord } from "@/lib/http/transport";
import type { OpenTracker, Settings, Tracker } from "@/lib/trackers/tracker";
import { jiraCloud } from "./cloud";
import { jiraDc } from "./dc";

type Options = Parameters<typeof startJiraCloud>[0] & Parameters<typeof startJiraDc>[0];
type Jira = Awaited<ReturnType<typeof startJiraCloud>> | Awaited<ReturnType<typeof startJiraDc>>;

/** For tests: either Jira, checked against its official description, and the tracker opened on it. */
export const startCloud = async (options: Options = {}) =>
  opened(jiraCloud, await startJiraCloud({ specFile: specFileOf("jira-cloud-v3.json"), ...options }));
export const startDc = async (options: Options = {}) =>
  opened(jiraDc, await startJiraDc({ specFile: specFileOf("jira-dc-10.3.json"), ...options }));

function opened<T extends Jira>(tracker: Tracker, jira: T) {
  const records: OutboundCallRecord[] = [];
  const site = (name: keyof T["credentials"] = "write", settings: Settings = {}) => {
    const { fetch } = createTransport({
      policy: { allowPrivate: jira.allow },
      runId: "run",
      deadlineMs: 5_000,
      record: (call) => void records.push(call),
    });
    const { authType, values } = (jira.credentials as Record<keyof T["credentials"], Credential>)[name]; // its own keys
    const baseUrl = tracker.baseUrlOf(jira.apiUrl);
    return { baseUrl, credential: { type: authType, values }, settings, fetch };
  };
  return {
    tracker,
    jira,
    records,
    site,
    open: (name?: keyof T["credentials"], settings?: Settings): OpenTracker => tracker.open(site(name, settings)),
  };
}

type Credential = { authType: string; values: Record<string, string> };
