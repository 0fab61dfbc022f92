import { describe, expect, it } from "vitest";
import { createTask, faces, type Used, useJira } from "./testing";

async function find(use: Used, jql: string, more: Record<string, unknown> = {}) {
  const path = use.isCloud ? "/search/jql" : "/search";
  const { status, data } = await use.send("POST", path, { jql, fields: ["summary"], ...more });
  const keys: string[] = (data.issues ?? []).map(({ key }: { key: string }) => key);
  return { status, keys, data };
}

describe.each(faces)("searching Jira (%s)", (face) => {
  const use = useJira(face);
  const keys = async (jql: string) => {
    const { status, data, keys } = await find(use, jql);
    expect([status, data.errorMessages]).toEqual([200, undefined]);
    return keys.sort();
  };

  it.each([
    ["project = PAY", ["PAY-1", "PAY-2", "PAY-3", "PAY-4"]],
    ["project = 10001", ["OPS-1"]],
    ['project = "Payments" AND key in (PAY-2, "PAY-4", OPS-1)', ["PAY-2", "PAY-4"]],
    ["id = 10001", ["PAY-2"]],
    ["project = PAY AND NOT issuetype = Bug", ["PAY-1", "PAY-4"]],
    ["project = PAY AND (status = Resolved OR labels = chores)", ["PAY-3", "PAY-4"]],
    ["statusCategory = Done", ["ARC-1", "PAY-3"]],
    ["project = OPS OR project = PAY AND issuetype = Epic", ["OPS-1", "PAY-1"]],
    ["project = PAY AND labels is not EMPTY", ["PAY-2", "PAY-4"]],
    ["project = PAY AND labels != chores", ["PAY-2"]],
    ["reporter = currentUser()", []],
    ["project in (PAY, OPS) AND created >= -4d", ["OPS-1", "PAY-4"]],
    ['project = PAY AND updated < "-20d" ORDER BY created ASC', ["PAY-1", "PAY-3"]],
    ['summary ~ "valid card"', ["PAY-2"]],
    ['summary ~ "card valid"', ["PAY-2"]],
    ['summary ~ "\\"card valid\\""', []],
    ['summary ~ "vali"', []],
    ['summary ~ "vali*"', ["PAY-2"]],
    ['description ~ "twice"', ["PAY-3"]],
    ['text ~ "certificate"', ["OPS-1"]],
    ["project = PAY && priority = High || key = OPS-1", ["OPS-1", "PAY-2"]],
  ])("[K9] finds by %s", async (jql, expected) => {
    expect(await keys(jql)).toEqual(expected);
  });

  it.each([
    ["nonsense = 1", /Field 'nonsense' does not exist/],
    ["constructor = 1", /Field 'constructor' does not exist/],
    ["project = NONE", /The value 'NONE' does not exist for the field 'project'/],
    ["project = SEC", /The value 'SEC' does not exist/],
    ["key = PAY-999", /An issue with key 'PAY-999' does not exist/],
    ["project ~ PAY", /The operator '~' is not supported by the 'project' field/],
    ["summary = x", /The operator '=' is not supported by the 'summary' field/],
    ['summary ~ ""', /does not support searching for an empty string/],
    ['summary ~ "*card"', /not allowed to start with character '\*'/],
    ['summary ~ "card ("', /Unable to parse the text/],
    ['summary ~ "a\\q"', /illegal JQL escape sequence/],
    ['summary ~ "card', /has not been completed/],
    ["project = PAY AND", /Expecting/],
    ["project = PAY summary ~ x", /Expecting either 'OR' or 'AND'/],
    ["summary ~ a@b", /reserved JQL character/],
    ['created >= "2026-11-20T10:00:00Z"', /Date value '2026-11-20T10:00:00Z' for field 'created' is invalid/],
    ["project = PAY ORDER BY nonsense", /Not able to sort/],
    ["reporter = currentLogin()", /Unable to find JQL function/],
  ])("[K9] refuses %s", async (jql, words) => {
    const { status, data } = await find(use, jql);
    expect(status).toBe(400);
    expect(data.errorMessages.join()).toMatch(words);
  });

  it("[K9] takes quoted text for what it says, whatever is in it", async () => {
    const title = `He said "no" — C:\\temp (it's #1)`;
    const key = await createTask(use, { summary: title });
    const quoted = 'summary ~ "\\"said \\\\\\"no\\\\\\"\\""';
    expect((await find(use, 'summary ~ "said \\\\(it"')).keys).toEqual([key]);
    expect((await find(use, "summary ~ 'it\\'s'")).keys).toEqual([key]);
    expect((await find(use, 'summary ~ "\\u0074emp"')).keys).toEqual([key]);
    expect((await find(use, quoted)).status).toBe(200);
  });

  it("[K9] reads dates in the account's own time zone, and numbers as moments", async () => {
    const key = await createTask(use);
    // The account lives in Berlin: one or two hours before UTC.
    const berlin = new Intl.DateTimeFormat("sv-SE", {
      ...{ timeZone: "Europe/Berlin", dateStyle: "short", timeStyle: "short" },
    });
    const minute = (ms: number) => berlin.format(ms);
    expect(await keys(`project = PAY AND created >= "${minute(Date.now() - 60_000)}"`)).toEqual([key]);
    expect(await keys(`project = PAY AND created >= "${minute(Date.now() + 120_000)}"`)).toEqual([]);
    expect(await keys(`project = PAY AND created >= ${Date.now() - 60_000}`)).toEqual([key]);
    expect(await keys(`project = PAY AND created > ${Date.now() + 60_000}`)).toEqual([]);
    expect(await keys("project = PAY AND created >= -5m")).toEqual([key]);
  });

  it("[K9] finds a new issue only when the index has caught up, and by its address at once", async () => {
    use.jira().lag.set({ searchSeconds: 60 });
    const key = await createTask(use);
    expect((await use.send("GET", `/issue/${key}`)).status).toBe(200);
    expect(await keys("project = PAY AND created >= -5m")).toEqual([]);
    use.jira().lag.passTime(61_000);
    expect(await keys("project = PAY AND created >= -5m")).toEqual([key]);
  });
});

describe("searching Jira Cloud", () => {
  const use = useJira("cloud");

  it("[K9] refuses a search without bounds", async () => {
    for (const jql of ["", "ORDER BY created DESC"]) {
      const { status, data } = await find(use, jql);
      expect([status, data.errorMessages[0]]).toEqual([400, expect.stringMatching(/^Unbounded JQL queries/)]);
    }
  });

  it("[K9] hands out pages by a token, of this search alone, and ids where nothing else is asked for", async () => {
    for (let i = 0; i < 5; i++) await createTask(use);
    const first = await find(use, "project = PAY", { maxResults: 6 });
    expect([first.keys.length, first.data.isLast, first.data.total]).toEqual([6, false, undefined]);
    const token = { nextPageToken: first.data.nextPageToken };
    const second = await find(use, "project = PAY", { maxResults: 6, ...token });
    expect([second.keys.length, second.data.isLast, second.data.nextPageToken]).toEqual([3, true, undefined]);
    expect(new Set([...first.keys, ...second.keys]).size).toBe(9);
    expect((await find(use, "project = OPS", token)).status).toBe(400);
    const { data } = await use.send("POST", "/search/jql", { jql: "key = PAY-1" });
    expect(data.issues).toEqual([{ id: "10000" }]);
  });

  it("[K9] tells properties that were asked for, and sees named issues before the index does", async () => {
    use.jira().lag.set({ searchSeconds: 60 });
    const fields = { project: { key: "PAY" }, issuetype: { name: "Task" }, summary: "x" };
    const { data } = await use.send("POST", "/issue", { fields, properties: [{ key: "mark", value: "abc" }] });
    const more = { properties: ["mark"], reconcileIssues: [Number(data.id)] };
    const found = await find(use, "project = PAY AND created >= -5m", more);
    expect(found.data.issues).toMatchObject([{ id: data.id, properties: { mark: "abc" } }]);
    expect((await find(use, "project = PAY", { properties: ["a", "b", "c", "d", "e", "f"] })).status).toBe(400);
  });
});

describe("searching Jira Data Center", () => {
  const use = useJira("dc");

  it("[K9] hands out pages by number with a total, and shows no properties", async () => {
    for (let i = 0; i < 3; i++) await createTask(use);
    const { data, keys } = await find(use, "project = PAY", { startAt: 5, maxResults: 5 });
    expect([keys.length, data.total, data.startAt]).toEqual([2, 7, 5]);
    expect((await find(use, "")).data.total).toBe(9);
    expect(JSON.stringify(data)).not.toContain("properties");
  });
});
