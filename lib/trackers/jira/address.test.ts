import { expect, it } from "vitest";
import { issueUrl, parseIssueRef } from "./address";
import { jiraCloud } from "./cloud";
import { jiraDc } from "./dc";

const site = "https://acme.atlassian.net";
const server = "https://example.com/jira";

it.each([
  ["acme", site],
  ["acme.atlassian.net", site],
  ["https://acme.atlassian.net/jira/software/projects/PAY/boards/1?selectedIssue=PAY-12", site],
  ["https://ACME.atlassian.net/browse/PAY-12", site],
  ["https://jira.acme.example/", "https://jira.acme.example"],
  ["http://127.0.0.1:4001", "http://127.0.0.1:4001"],
])("[D1] Cloud: %s is the site %s", (text, baseUrl) => {
  expect(jiraCloud.baseUrlOf(text)).toBe(baseUrl);
});

it.each([
  ["https://example.com/jira/", server],
  ["example.com/jira", server],
  ["https://example.com/jira/secure/Dashboard.jspa", server],
  ["https://example.com/jira/browse/PAY-12", server],
  ["https://example.com/jira/rest/api/2/", server],
  ["https://jira.example.com", "https://jira.example.com"],
  ["http://jira.example.com:8080/projects/PAY/issues", "http://jira.example.com:8080"],
])("[D6] Data Center: %s is the address %s, with its context path", (text, baseUrl) => {
  expect(jiraDc.baseUrlOf(text)).toBe(baseUrl);
});

it.each([
  [jiraCloud, ""],
  [jiraCloud, "ftp://acme.atlassian.net"],
  [jiraCloud, "https://me:secret@acme.atlassian.net"],
  [jiraCloud, "https://api.atlassian.com/ex/jira/1"],
  [jiraCloud, "https://example.com/somewhere"],
  [jiraDc, "https://acme.atlassian.net"],
  [jiraDc, "not an address"],
])("[D1] %#: what is no address of its kind is refused at its field", ({ baseUrlOf }, text) => {
  expect(() => baseUrlOf(text)).toThrow(
    expect.objectContaining({ kind: "invalid_input", fields: { baseUrl: expect.stringMatching(/./) } }),
  );
});

it.each([
  ["PAY-12", site],
  [" pay-12 ", site],
  [`${site}/browse/PAY-12`, site],
  [`${site}/browse/PAY-12?focusedCommentId=1`, site],
  [`${site}/jira/software/c/projects/PAY/boards/1?selectedIssue=PAY-12`, site],
  [`${site}/jira/software/projects/PAY/issues/PAY-12`, site],
  [`${site}/jira/servicedesk/projects/PAY/queues/custom/3/PAY-12`, site],
  [`${server}/browse/PAY-12`, server],
  [`${server}/projects/PAY/issues/PAY-12?filter=allissues`, server],
])("[H1] %s on %s is PAY-12", (text, baseUrl) => {
  expect(parseIssueRef(text, baseUrl)).toEqual({ projectKey: "PAY", ref: "PAY-12" });
});

it.each([
  ["PAY", site],
  ["PAY-0", site],
  ["12", site],
  ["https://other.atlassian.net/browse/PAY-12", site],
  [`${site}.evil.example/browse/PAY-12`, site],
  ["https://example.com/browse/PAY-12", server],
  ["https://example.com/jira2/browse/PAY-12", server],
  [`${site}/browse/PAY-12/../../rest`, site],
  [`${site}/wiki/spaces/PAY-12`, site],
  [`${site}/browse/PAY-12?selectedIssue=<script>`, site],
])("[H1] %s is no issue on %s", (text, baseUrl) => {
  expect(parseIssueRef(text, baseUrl)).toBeNull();
});

it("[H2] an issue's page is found by its key, and by the id that outlives the key", () => {
  expect(issueUrl(server, { ref: "PAY-12" })).toBe("https://example.com/jira/browse/PAY-12");
  expect(issueUrl(site, { ref: "10012" })).toBe(`${site}/issues/?jql=id%20%3D%2010012`);
  expect(() => issueUrl(site, { ref: "../../logout" })).toThrow();
});

const project = { remoteId: "10000", key: "PAY" };
const text = "h1. It fails & fails\n".repeat(2_000);

it("[G11] Jira's own form is filled in, and a long text is cut where an address ends", () => {
  const input = { project, typeId: "10004", title: "Pay & go", body: "It *fails*.", labels: ["check out", "flaky"] };
  const url = new URL(jiraDc.newIssueUrl(server, input).url);
  expect(url.pathname).toBe("/jira/secure/CreateIssueDetails!init.jspa");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    pid: "10000",
    issuetype: "10004",
    summary: "Pay & go",
    description: "It *fails*.",
  });
  expect(url.searchParams.getAll("labels")).toEqual(["check_out", "flaky"]);

  const long = jiraDc.newIssueUrl(server, { ...input, body: text });
  expect(long.isCut).toBe(true);
  expect(long.url.length).toBeLessThanOrEqual(8_000);
});

it("[G11] Cloud's form takes the text in Jira's older markup", () => {
  const paragraph = { type: "paragraph", content: [{ type: "text", text: "It fails", marks: [{ type: "strong" }] }] };
  const body = JSON.stringify({ version: 1, type: "doc", content: [paragraph] });
  const { url } = jiraCloud.newIssueUrl(site, { project, typeId: null, title: "x", body });
  expect(new URL(url).searchParams.get("description")).toBe("*It fails*");
});
