import { describe, expect, it } from "vitest";
import { bugFields, faces, useJira } from "./testing";

describe.each(faces)("creating in Jira (%s)", (face) => {
  const use = useJira(face);
  const post = (fields: object, more: object = {}) => use.send("POST", "/issue", { fields, ...more });
  const task = { project: { key: "PAY" }, issuetype: { name: "Task" }, summary: "Something to do" };
  const refusalOf = async (fields: object) => {
    const { status, data } = await post({ ...bugFields(use), ...fields });
    expect(status).toBe(400);
    return data;
  };

  it("[K9] refuses a bug without its required fields, and names each of them", async () => {
    const { status, data } = await post({ ...task, issuetype: { name: "Bug" } });
    expect([status, data]).toEqual([
      400,
      {
        errorMessages: [],
        errors: {
          customfield_10040: "Environment found is required.",
          customfield_10041: "QA owner is required.",
          customfield_10042: "Found on is required.",
        },
      },
    ]);
    expect(await use.jira().issues("PAY")).toHaveLength(4);
  });

  it("[K9] keeps all kinds of fields as they were sent, and shows them", async () => {
    const { status, data } = await post({
      ...bugFields(use),
      description: use.text("Nothing happens."),
      labels: ["red"],
      assignee: use.user("backend-developer"),
      priority: { id: "2" },
      components: [{ id: "10300" }],
      fixVersions: [{ name: "2026.12" }],
      parent: { key: "PAY-1" },
      customfield_10020: 2,
      customfield_10043: "build 7",
      customfield_10044: use.text("Click."),
      customfield_10045: 3.5,
      customfield_10046: "2026-11-20T10:00:00.000+0000",
      customfield_10047: [{ id: "10110" }, { value: "Edge" }],
      customfield_10048: { id: "10120", child: { id: "10122" } },
      customfield_10049: { value: "Yes" },
      customfield_10050: [{ id: "10160" }],
      customfield_10051: [use.user("qa-lead"), use.user("release-manager")],
      customfield_10052: "https://logs.example/1",
      customfield_10053: ["slow"],
    });
    expect([status, data.errors]).toEqual([201, undefined]);
    const { data: shown } = await use.send("GET", `/issue/${data.id}`);
    expect(shown.fields).toMatchObject({
      description: use.text("Nothing happens."),
      assignee: use.user("backend-developer"),
      priority: { name: "High" },
      parent: { key: "PAY-1" },
      components: [{ name: "Card form" }],
      customfield_10020: [{ id: 2, state: "active" }],
      customfield_10044: use.text("Click."),
      customfield_10045: 3.5,
      // In the time zone of whoever asks.
      customfield_10046: "2026-11-20T11:00:00.000+0100",
      customfield_10047: [{ value: "Chromium" }, { value: "Edge" }],
      customfield_10048: { value: "Checkout", child: { value: "Payment form" } },
      customfield_10049: { value: "Yes" },
      customfield_10051: [use.user("qa-lead"), use.user("release-manager")],
    });
  });

  it("[K9] names every field that does not fit, with the reason", async () => {
    const { errors } = await refusalOf({
      summary: "x".repeat(256),
      labels: ["two words"],
      priority: { name: "Urgent" },
      assignee: use.user("former-contractor"),
      duedate: "20.11.2026",
      components: [{ id: "1" }],
      customfield_10040: { id: "10103" },
      customfield_10041: { accountId: "nobody", name: "nobody" },
      customfield_10045: "many",
      customfield_10046: "2026-11-20T10:00:00.000Z",
      customfield_10048: { id: "10120", child: { id: "10131" } },
      customfield_10052: "logs",
      customfield_10054: "cheerful",
    });
    expect(Object.keys(errors).sort()).toEqual([
      ...["assignee", "components", "customfield_10040", "customfield_10041", "customfield_10045"],
      ...["customfield_10046", "customfield_10048", "customfield_10052", "customfield_10054"],
      ...["duedate", "labels", "priority", "summary"],
    ]);
    expect(errors.labels).toBe("The label 'two words' contains spaces which is invalid.");
  });

  it("[K9] a title of 255 characters is taken; one more, none, and two lines are refused", async () => {
    expect((await post({ ...task, summary: "é".repeat(255) })).status).toBe(201);
    expect((await refusalOf({ summary: "é".repeat(256) })).errors).toHaveProperty("summary");
    expect((await refusalOf({ summary: " " })).errors.summary).toBe("You must specify a summary of the issue.");
    expect((await refusalOf({ summary: "a\nb" })).errors.summary).toMatch(/newline/);
  });

  it("[K9] a text of 32,767 characters is taken, one more is refused in Jira's words", async () => {
    const of = (length: number) => use.text("x".repeat(length - (use.isCloud ? 1 : 0)));
    expect((await post({ ...task, description: of(32_767) })).status).toBe(201);
    const { errors } = await refusalOf({ description: of(32_768) });
    const words = "The entered text is too long. It exceeds the allowed limit of 32,767 characters.";
    expect(errors).toEqual({ description: words });
  });

  it("[K9] what is not on the create screen cannot be set, labels and text included", async () => {
    const { status, data } = await post({
      ...{ project: { key: "OPS" }, issuetype: { name: "Task" }, summary: "x" },
      ...{ description: use.text("x"), labels: ["x"], nonsense: 1, reporter: use.user("qa-lead") },
    });
    expect(status).toBe(400);
    const words = (id: string) => `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;
    expect(data.errors).toEqual(
      Object.fromEntries(["description", "labels", "nonsense", "reporter"].map((id) => [id, words(id)])),
    );
    expect((await post({ project: { key: "OPS" }, issuetype: { name: "Task" }, summary: "x" })).status).toBe(201);
  });

  it("[K9] a project or type that is not there, and a sub-task without a parent, are refused", async () => {
    expect((await post({ ...task, project: { key: "SEC" } })).data.errors).toHaveProperty("project");
    expect((await post({ ...task, issuetype: { name: "Nonsense" } })).data.errors).toHaveProperty("issuetype");
    expect((await post({ ...task, issuetype: { name: "Sub-task" } })).data.errors).toHaveProperty("parent");
    const child = await post({ ...task, issuetype: { name: "Sub-task" }, parent: { key: "PAY-4" } });
    expect(child.status).toBe(201);
    const { data } = await use.send("GET", "/issue/PAY-4?fields=subtasks");
    expect(data.fields.subtasks).toMatchObject([{ key: child.data.key }]);
  });

  it("[K9] who may only read creates nothing", async () => {
    const { status, data } = await use.asReader("POST", "/issue", { fields: task });
    // Data Center's description has no 403 here.
    expect(status).toBe(use.isCloud ? 403 : 400);
    expect(data.errorMessages).toEqual(["You do not have permission to create issues in this project."]);
    expect((await post({ ...task, project: { key: "ARC" } })).status).toBe(use.isCloud ? 403 : 400);
    expect((await use.anonymous("POST", "/issue", { fields: task })).status).toBe(401);
  });

  it("[K9] what is no JSON is not read", async () => {
    const plain = await use.send("POST", "/issue", { fields: task }, { "content-type": "text/plain" });
    expect(plain.status).toBe(415);
    // No description knows the status: whoever gets it has sent something wrong.
    await use.jira().reset();
  });

  it("[K9] makes several at once, and tells for each what was wrong with it", async () => {
    const { status, data } = await use.send("POST", "/issue/bulk", {
      issueUpdates: [{ fields: task }, { fields: { ...task, summary: "" } }, { fields: task }],
    });
    expect(status).toBe(201);
    expect(data.issues).toHaveLength(2);
    expect(data.errors).toMatchObject([{ failedElementNumber: 1, status: 400 }]);
  });

  it("[K9] a property that comes with the issue is there from the beginning", async () => {
    const { data } = await post(task, { properties: [{ key: "mark", value: { id: "abc" } }] });
    const { data: property } = await use.send("GET", `/issue/${data.id}/properties/mark`);
    expect(property).toEqual({ key: "mark", value: { id: "abc" } });
    expect((await use.send("GET", `/issue/${data.id}?properties=mark`)).data.properties).toEqual({
      mark: { id: "abc" },
    });
  });
});

describe("creating in Jira Cloud", () => {
  const use = useJira("cloud");
  const task = { project: { key: "PAY" }, issuetype: { name: "Task" }, summary: "Something to do" };

  it("[K9] takes only what Atlassian's own schema calls a document", async () => {
    const describe = async (description: unknown) =>
      (await use.send("POST", "/issue", { fields: { ...task, description } })).data;
    expect((await describe("text")).errors.description).toMatch(/Atlassian Document/);
    const doc = (...content: unknown[]) => ({ type: "doc", version: 1, content });
    const empty = doc({ type: "paragraph", content: [{ type: "text", text: "" }] });
    const unknown = doc({ type: "marquee", content: [] });
    const nested = doc({ type: "paragraph", content: [{ type: "paragraph", content: [] }] });
    for (const document of [empty, unknown, nested, { type: "doc" }]) {
      expect(await describe(document)).toEqual({ errorMessages: ["INVALID_INPUT"], errors: {} });
    }
    expect((await describe(doc())).id).toBeDefined();
  });
});
