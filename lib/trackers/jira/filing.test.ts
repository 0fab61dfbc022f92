import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { failureOf } from "@/lib/http/test-failure";
import { doc, paragraph } from "@/lib/richtext/build";
import { renderBody } from "@/lib/richtext/render-body";
import type { CreateIssueInput, Field, FieldValue, OpenTracker, ProjectRef, SetField } from "@/lib/trackers/tracker";
import { markerKey } from "./marker";
import { startCloud, startDc } from "./testing";

type Running = Awaited<ReturnType<typeof startCloud>> | Awaited<ReturnType<typeof startDc>>;
const bug = "10004";

describe.each<[string, () => Promise<Running>]>([
  ["Cloud", startCloud],
  ["Data Center", startDc],
])("Jira %s", (_, start) => {
  let running: Running;
  let tracker: Required<OpenTracker>;
  let pay: ProjectRef;
  let markers = 0;

  beforeAll(async () => {
    running = await start();
  });
  beforeEach(async () => {
    await running.jira.reset();
    // Every method that is called here is there, or the test fails at once.
    tracker = running.open() as Required<OpenTracker>;
    pay = await tracker.getProject({ key: "PAY" });
  });
  afterEach(() => expect(running.jira.violations() ?? []).toEqual([]));
  afterAll(() => running.jira.close());

  const setTo = ({ id, name, kind, role, wire }: Field, value: FieldValue): SetField => ({
    id,
    name,
    kind,
    role,
    wire,
    value,
  });
  const field = async (name: string): Promise<Field> => {
    const found = (await tracker.getForm({ project: pay, typeId: bug })).fields.find((one) => one.name === name);
    if (!found) throw new Error(`There is no field ${name}.`);
    return found;
  };
  async function required(): Promise<SetField[]> {
    const [environment, owner, foundOn] = [
      await field("Environment found"),
      await field("QA owner"),
      await field("Found on"),
    ];
    const staging = environment.options?.find(({ name }) => name === "Staging");
    const people = await tracker.searchOptions({ project: pay, typeId: bug, field: owner, query: "QA" });
    const lead = people.items.find(({ name }) => name === "QA lead");
    if (!staging || !lead) throw new Error("The form lacks its choices.");
    return [setTo(environment, staging), setTo(owner, lead), setTo(foundOn, "2026-11-20")];
  }
  const input = (more: Partial<CreateIssueInput> = {}): CreateIssueInput => {
    const marker = `0191-${process.pid}-${markers++}`;
    const { bodyFormat, limits } = running.tracker;
    const description = doc(paragraph("It fails."));
    const body = renderBody(bodyFormat, limits.bodyChars, { description, marker }).output;
    const none = { labels: [], typeId: "10002", textField: null, fields: [] };
    return { project: pay, title: `Payment fails ${marker}`, body, marker, ...none, ...more };
  };
  const there = async (ref: string, project = "PAY") =>
    (await running.jira.issues(project)).find(({ id }) => id === ref);
  const sent = (method: string) => running.jira.calls().filter((call) => call.method === method);

  it("[G2] a bug with a required choice, person and date is filed as its form asks", async () => {
    const { issue } = await tracker.createIssue(input({ typeId: bug, fields: await required() }));
    expect(issue).toMatchObject({
      type: "Bug",
      projectKey: "PAY",
      key: expect.stringMatching(/^PAY-\d+$/),
      ref: issue.remoteId,
    });
    expect((await there(issue.ref))?.fields).toMatchObject({
      customfield_10040: "10101",
      customfield_10042: "2026-11-20",
    });
  });

  it("[G2] every kind of field that the form has arrives", async () => {
    const names = ["Build", "Steps to reproduce", "Customers affected", "First seen", "Browsers", "Area", "Regression"];
    const fields = await Promise.all(
      [...names, "Reviewers", "Log address", "Topics", "Components", "Due date"].map(field),
    );
    const values = await Promise.all(
      fields.map(async (one) => {
        const { kind, options } = one;
        const [first] = options ?? (await optionsOf(one));
        const choice = first && { id: first.id, name: first.name };
        if (kind === "cascade" && first)
          return setTo(one, { parent: { id: first.id, name: first.name }, child: first.children?.[0] ?? null });
        if (kind === "multi_select" || kind === "users")
          return setTo(one, choice ? [choice] : [{ id: "flaky", name: "flaky" }]);
        if (kind === "select" && choice) return setTo(one, choice);
        const plain: Record<string, FieldValue> = {
          text: "1.2",
          paragraph: "Open it.\n\nPay.",
          number: 3,
          url: "https://x.example",
        };
        return setTo(one, plain[kind] ?? (kind === "date" ? "2026-11-20" : "2026-11-20T10:00:00.000Z"));
      }),
    );
    const { issue } = await tracker.createIssue(input({ typeId: bug, fields: [...(await required()), ...values] }));
    const kept = (await there(issue.ref))?.fields ?? {};
    for (const { id, name } of values) expect(kept[id], name).toBeTruthy();
  });
  async function optionsOf(one: Field) {
    return one.isSearched
      ? (await tracker.searchOptions({ project: pay, typeId: bug, field: one, query: "" })).items
      : [];
  }

  it("[G11] what is missing is refused at its field, and nothing is there", async () => {
    const before = (await running.jira.issues("PAY")).length;
    const error = await failureOf(tracker.createIssue(input({ typeId: bug })));
    expect(error).toMatchObject({
      kind: "tracker_refused",
      outcome: "refused",
      fields: { customfield_10040: expect.any(String), customfield_10041: expect.any(String) },
    });
    expect(await running.jira.issues("PAY")).toHaveLength(before);
  });

  it("[G3] the marker is set by the creating call, and nobody sees it", async () => {
    const given = input();
    const { issue } = await tracker.createIssue(given);
    const [call] = sent("POST");
    expect(call?.body).toMatchObject({ properties: [{ key: markerKey, value: { id: given.marker } }] });
    expect((await there(issue.ref))?.properties).toEqual({ [markerKey]: { id: given.marker } });
  });

  it("[G3] an issue that cannot be read after its creation is created all the same", async () => {
    const given = input({ labels: ["check out"] });
    running.jira.faults.add({ method: "GET", path: "/issue/\\d+", mode: "status", status: 500 });
    const { issue } = await tracker.createIssue(given);
    expect(issue).toMatchObject({ title: given.title, ref: issue.remoteId, projectKey: "PAY", labels: ["check_out"] });
    expect(await tracker.getIssue({ project: pay, ref: issue.ref })).toMatchObject({ key: issue.key });
    expect(sent("POST")).toHaveLength(1);
  });

  it("[G3] what fails before the creating call is no doubt about it", async () => {
    running.jira.faults.add({ method: "GET", path: "createmeta", mode: "status", status: 500, times: "always" });
    const error = await failureOf(tracker.createIssue(input({ typeId: null })));
    expect(error).toMatchObject({ kind: "tracker_failed", outcome: "refused" });
    expect(sent("POST")).toEqual([]);
  });

  it("[E3] without a type it is a bug, or the first that the project has", async () => {
    const fields = await required();
    expect((await tracker.createIssue(input({ typeId: null, fields }))).issue.type).toBe("Bug");
    const ops = await tracker.getProject({ key: "OPS" });
    expect((await tracker.createIssue(input({ project: ops, typeId: null }))).issue.type).toBe("Task");
  });

  it("[G11] what is not on a form is left out of the issue, and said", async () => {
    const ops = await tracker.getProject({ key: "OPS" });
    const { issue, warnings } = await tracker.createIssue(input({ project: ops, labels: ["flaky"] }));
    expect(issue.labels).toEqual([]);
    expect(warnings).toEqual([
      { kind: "fields_dropped", message: expect.stringContaining("labels") },
      { kind: "fields_dropped", message: expect.stringContaining("description") },
    ]);
  });

  it("[I4] closing asks for what its screen requires, and is done with it", async () => {
    const { issue } = await tracker.createIssue(input({ typeId: bug, fields: await required() }));
    const address = { project: pay, ref: issue.ref };
    const close = (await tracker.listTransitions(address)).find(({ to }) => to.category === "done");
    const resolution = close?.fields.find(({ id }) => id === "resolution");
    expect(resolution).toMatchObject({ kind: "select", isRequired: true, options: expect.any(Array) });
    if (!close || !resolution?.options?.[0]) throw new Error("There is no way to close it.");
    const error = await failureOf(tracker.transition(address, { id: close.id, fields: [] }));
    expect(error).toMatchObject({
      kind: "tracker_refused",
      outcome: "refused",
      fields: { resolution: expect.any(String) },
    });
    const [done] = resolution.options;
    const closed = await tracker.transition(address, { id: close.id, fields: [setTo(resolution, done)] });
    expect(closed).toMatchObject({ category: "done", state: "Resolved" });
  });

  it("[I2] an update names what it changes and nothing else; without a change there is none", async () => {
    const { issue } = await tracker.createIssue(input({ labels: ["theirs"] }));
    const address = { project: pay, ref: issue.ref };
    await tracker.updateIssue(address, { addLabels: ["is ours"], removeLabels: ["gone"] });
    expect(sent("PUT").at(-1)?.body).toEqual({
      fields: {},
      update: { labels: [{ add: "is_ours" }, { remove: "gone" }] },
    });
    await tracker.updateIssue(address, { title: "Other" });
    expect(sent("PUT").at(-1)?.body).toEqual({ fields: { summary: "Other" } });
    await tracker.updateIssue(address, {});
    expect(sent("PUT")).toHaveLength(2);
  });

  it("[I2] a read that fails after a write does not pass for its refusal", async () => {
    const { issue } = await tracker.createIssue(input());
    running.jira.faults.add({ method: "GET", path: "/issue/\\d+", mode: "status", status: 404, body: {} });
    const change = tracker.updateIssue({ project: pay, ref: issue.ref }, { title: "Other" });
    expect(await failureOf(change)).toMatchObject({ kind: "tracker_not_found", outcome: "unknown" });
    expect((await there(issue.ref))?.title).toBe("Other");
  });

  it("[H2] a moved issue keeps its reference, its old key leads to it, and it tells its new one", async () => {
    const { issue } = await tracker.createIssue(input());
    const moved = running.jira.world.state.issues.find(({ id }) => id === issue.remoteId);
    if (!moved) throw new Error("It is not there.");
    Object.assign(moved, { projectId: "10001", key: "OPS-77", oldKeys: [issue.key] });
    for (const ref of [issue.ref, issue.key, "OPS-77"]) {
      const found = await tracker.getIssue({ project: pay, ref });
      expect(found).toMatchObject({
        remoteId: issue.remoteId,
        ref: issue.ref,
        key: "OPS-77",
        projectRemoteId: "10001",
      });
    }
  });

  it("[G7] the link back is one, however often it is set", async () => {
    const { issue } = await tracker.createIssue(input());
    const address = { project: pay, ref: issue.ref };
    const link = { id: "faultline:result-1", url: "https://faultline.example/results/1", title: "Failed: pay" };
    await tracker.linkBack(address, link);
    await tracker.linkBack(address, { ...link, title: "Failed again: pay" });
    expect((await there(issue.ref))?.links).toMatchObject([
      { globalId: link.id, object: { url: link.url, title: "Failed again: pay" } },
    ]);
  });

  it("[G8] a file arrives byte for byte, under its name", async () => {
    const { issue } = await tracker.createIssue(input());
    const bytes = Buffer.from([0, 1, 255, 13, 10, 45, 45, ...Buffer.from("🙂")]);
    const blob = new Blob([bytes]);
    const file = { name: 'a "log" ünd 🙂.bin', mediaType: "application/octet-stream", blob };
    const { url } = await tracker.attachFile({ project: pay, ref: issue.ref }, file);
    const [kept] = (await there(issue.ref))?.files ?? [];
    expect(kept?.name).toBe(file.name);
    expect(Buffer.from(kept?.bytes ?? []).equals(bytes)).toBe(true);
    expect(new URL(url).origin).toBe(new URL(running.jira.url).origin);
  });

  it("[E4] choices are searched for where they are: people, issues, sprints, labels, versions", async () => {
    const find = async (name: string, query: string) =>
      (await tracker.searchOptions({ project: pay, typeId: bug, field: await field(name), query })).items;
    expect(await find("Assignee", "backend")).toMatchObject([
      { name: "Backend developer", detail: expect.any(String) },
    ]);
    expect(await find("QA owner", "release")).toMatchObject([{ name: "Release manager" }]);
    expect((await find("Parent", "instalments"))[0]?.name).toMatch(/^PAY-\d+ Pay by instalments$/);
    expect((await find("Parent", "PAY-1"))[0]?.name).toMatch(/^PAY-1 /);
    expect((await find("Sprint", "")).map(({ name }) => name)).toEqual(["PAY sprint 42", "PAY sprint 43"]);
    expect((await find("Topics", "check")).map(({ name }) => name)).toEqual(["checkout"]);
    expect((await find("Components", "ref")).map(({ name }) => name)).toEqual(["Refunds"]);
    expect((await find("Fix versions", "2026")).map(({ name }) => name)).toEqual(["2026.10", "2026.11", "2026.12"]);
  });

  it("[E2] projects that can only be read say so, and those that cannot be seen are not there", async () => {
    const { items } = await tracker.listProjects({});
    expect(items.map(({ key }) => key).sort()).toEqual(["ARC", "OPS", "PAY"]);
    expect((await tracker.getProject({ key: "ARC" })).canWrite).toBe(false);
    expect(await failureOf(tracker.getProject({ key: "SEC" }))).toMatchObject({ kind: "tracker_not_found" });
    expect((await tracker.getProject({ key: "pay" })).key).toBe("PAY");
  });

  it("[E5] a type's states, whatever their names", async () => {
    expect(await tracker.listStates({ project: pay, typeId: bug })).toEqual([
      { name: "To Do", category: "open" },
      { name: "In Progress", category: "in_progress" },
      { name: "In Review", category: "in_progress" },
      { name: "Resolved", category: "done" },
    ]);
  });

  it("[H1] a search finds nothing of other projects, named as it may be", async () => {
    const ops = await tracker.getProject({ key: "OPS" });
    const { issue } = await tracker.createIssue(input());
    for (const query of [issue.key, issue.url, issue.ref, issue.title]) {
      expect((await tracker.searchIssues({ projects: [ops], query })).items, query).toEqual([]);
      expect((await tracker.searchIssues({ projects: [ops, pay], query })).items, query).toMatchObject([
        { key: issue.key },
      ]);
    }
    const number = issue.key.slice(4);
    expect((await tracker.searchIssues({ projects: [pay], query: number })).items).toMatchObject([{ key: issue.key }]);
  });

  it("[H1] references that would bend a path are no issues", async () => {
    for (const ref of ["../../user", "1/../2", "PAY-1?x=1", "", "0"]) {
      expect(await failureOf(tracker.getIssue({ project: pay, ref }))).toMatchObject({ kind: "tracker_not_found" });
    }
  });
});
