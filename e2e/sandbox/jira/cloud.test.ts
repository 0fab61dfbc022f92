import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { specFileOf } from "../spec-files";
import { startJiraCloud } from "./server";
import { adf, authorizationOf, clientOf } from "./testing";

let jira: Awaited<ReturnType<typeof startJiraCloud>>;
let api: ReturnType<typeof clientOf>;
beforeAll(async () => {
  jira = await startJiraCloud({ specFile: specFileOf("jira-cloud-v3.json") });
  api = clientOf(`${jira.url}/rest/api/3`, authorizationOf(jira.credentials.write));
});
beforeEach(() => jira.reset());
afterAll(() => jira.close());
afterEach(() => expect(jira.violations() ?? []).toEqual([]));

const bug = { project: { key: "PAY" }, issuetype: { name: "Bug" }, summary: "It fails" };
const required = () => ({
  customfield_10040: { id: "10101" },
  customfield_10041: { accountId: jira.world.state.accounts[2]?.accountId },
  customfield_10042: "2026-11-20",
});

describe("metadata", () => {
  it("[K9] tells who one is, what the server is, which projects and which forms there are", async () => {
    expect((await api("GET", "/myself")).data).toMatchObject({ emailAddress: "qa-bot@acme.example" });
    expect((await api("GET", "/serverInfo")).data).toMatchObject({ deploymentType: "Cloud" });
    const { data: projects } = await api("GET", "/project/search?action=create");
    expect(projects.values.map(({ key }: { key: string }) => key)).toEqual(["OPS", "PAY"]);
    const { data: types } = await api("GET", "/issue/createmeta/PAY/issuetypes");
    expect(types.issueTypes).toHaveLength(5);
    const { data: form } = await api("GET", "/issue/createmeta/PAY/issuetypes/10004?maxResults=200");
    const named = Object.fromEntries(form.fields.map((field: { fieldId: string }) => [field.fieldId, field]));
    expect(named.customfield_10040).toMatchObject({ required: true, schema: { type: "option" } });
  });
});

describe("creating", () => {
  it("[K9] refuses a bug without its required fields, and names each of them", async () => {
    const answer = await api("POST", "/issue", { fields: bug });
    expect(answer.status).toBe(400);
    expect(answer.data).toEqual({
      errorMessages: [],
      errors: {
        customfield_10040: "Environment found is required.",
        customfield_10041: "QA owner is required.",
        customfield_10042: "Found on is required.",
      },
    });
  });

  it("[K9] keeps a bug that has them, with its property, and shows and finds it", async () => {
    const { status, data } = await api("POST", "/issue", {
      fields: { ...bug, ...required(), description: adf("Nothing happens."), labels: ["red"] },
      properties: [{ key: "faultline", value: "abc" }],
    });
    expect(status).toBe(201);
    expect((await api("GET", `/issue/${data.key}`)).data.fields).toMatchObject({
      labels: ["red"],
      summary: "It fails",
    });
    const found = await api("POST", "/search/jql", {
      jql: 'project = PAY AND reporter = currentUser() AND created >= "-10m" ORDER BY created DESC',
      fields: ["summary"],
      properties: ["faultline"],
    });
    expect(found.data.issues).toMatchObject([{ id: data.id, properties: { faultline: "abc" } }]);
  });
});
