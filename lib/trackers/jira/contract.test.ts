import { startJiraCloud, startJiraDc } from "@/e2e/sandbox/jira/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";
import { type ContractSetup, trackerContract } from "@/lib/trackers/contract";
import { jiraCloud } from "./cloud";
import { jiraDc } from "./dc";

type Jira = Awaited<ReturnType<typeof startJiraCloud>> | Awaited<ReturnType<typeof startJiraDc>>;

const worlds = new WeakMap<object, Jira["world"]>();

/**
 * The same, with the reference that the API takes: an issue's id, which outlives its key. Webhooks are for administrators.
 */
function byId<T extends Jira>(jira: T) {
  const { write: _, ...credentials } = jira.credentials;
  const sandbox = {
    ...jira,
    credentials: { ...credentials, write: jira.credentials.admin },
    issues: async (key: string) => (await jira.issues(key)).map((issue) => ({ ...issue, ref: issue.id })),
  };
  worlds.set(sandbox, jira.world);
  return sandbox;
}

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
  // A status without any category.
  async oddState(sandbox) {
    const issue = worlds.get(sandbox)?.state.issues[0];
    if (!issue) throw new Error("There is no issue.");
    issue.statusId = "10206";
    return { ref: issue.id, state: "Parked" };
  },
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
