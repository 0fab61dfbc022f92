import { startJiraCloud, startJiraDc } from "@/e2e/sandbox/jira/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";
import { type ContractSetup, trackerContract } from "@/lib/trackers/contract";
import { jiraCloud } from "./cloud";
import { jiraDc } from "./dc";

type Jira = Awaited<ReturnType<typeof startJiraCloud>> | Awaited<ReturnType<typeof startJiraDc>>;

/**
 * The same, with the reference that the API takes: an issue's id, which outlives its key. Webhooks are for administrators.
 */
const byId = <T extends Jira>(jira: T) => ({
  ...jira,
  credentials: { ...jira.credentials, write: jira.credentials.admin },
  issues: async (key: string) => (await jira.issues(key)).map((issue) => ({ ...issue, ref: issue.id })),
});

/** What both have. */
const common = {
  project: "PAY",
  absent: { project: "NOPE", ref: "PAY-99999" },
  labels: ["checkout", "chores", "flaky"],
  typeName: "Task",
  titleRefusal: {
    status: 400,
    body: { errorMessages: [], errors: { summary: "You must specify a summary of the issue." } },
  },
  largeForm: { project: "OPS", typeName: "Questionnaire" },
  oddField: async () => ({ typeName: "Bug", fieldId: "customfield_10054" }),
} satisfies Partial<ContractSetup>;

trackerContract({
  ...common,
  name: "Jira Cloud",
  tracker: jiraCloud,
  specs: ["jira-cloud-v3.json"],
  start: async (size) => byId(await startJiraCloud({ ...size, specFile: specFileOf("jira-cloud-v3.json") })),
  createCall: { method: "POST", path: "/rest/api/3/issue$", status: 201 },
});

trackerContract({
  ...common,
  name: "Jira Data Center",
  tracker: jiraDc,
  specs: ["jira-dc-10.3.json"],
  start: async (size) => byId(await startJiraDc({ ...size, specFile: specFileOf("jira-dc-10.3.json") })),
  createCall: { method: "POST", path: "/rest/api/2/issue$", status: 201 },
});
