import { expect, it } from "vitest";
import { failureOf } from "@/lib/http/test-failure";
import { createTransport } from "@/lib/http/transport";
import { siteOf } from "@/lib/trackers/testing";
import { gitlab } from ".";
import { checkout, field, issueInput, open, openAs, payments, sandbox, writes } from "./test-scene";

const userId = async (login: string) => {
  const { items } = await open().listUsers({ project: checkout, query: login });
  return items.find((one) => one.login === login)?.remoteId ?? "";
};

it("[G2] the form has what GitLab takes, and severity and priority by the labels that stand for them", async () => {
  const form = await open().getForm({ project: checkout, typeId: "issue" });
  expect(form.fields.map(({ id, kind, role }) => [id, kind, role])).toEqual([
    ["assignee_ids", "user", "assignee"],
    ["milestone_id", "select", "milestone"],
    ["severity::", "select", "severity"],
    ["priority::", "select", "priority"],
    ["due_date", "date", "due_date"],
    ["weight", "number", null],
    ["confidential", "checkbox", "confidential"],
  ]);
  expect(form.fields[1]?.options?.map(({ name }) => name)).toEqual(["Spring release", "Year 2027"]);
  expect(form.fields[2]?.options).toEqual([
    { id: "severity::1", name: "1" },
    { id: "severity::2", name: "2" },
    { id: "severity::3", name: "3" },
  ]);
  const incident = await open().getForm({ project: checkout, typeId: "incident" });
  expect(incident.fields.map(({ id }) => id)).not.toContain("weight");
  const types = await open().listTypes({ project: checkout });
  expect(types.map(({ id }) => id)).toEqual(["issue", "incident", "task"]);
});

it("[E5] where no label stands for a priority yet, those that will are offered", async () => {
  sandbox.change((state) => {
    state.labels = state.labels.filter(({ name }) => !name.includes("::"));
  });
  const { fields } = await open().getForm({ project: checkout, typeId: "issue" });
  expect(fields.find(({ role }) => role === "priority")?.options?.map(({ id }) => id)).toEqual(
    [1, 2, 3, 4, 5].map((number) => `Priority::${number}`),
  );
  expect(fields.some(({ role }) => role === "severity")).toBe(false);
  const third = field("priority::", { id: "Priority::3", name: "3" }, { kind: "select", wire: "label" });
  const { issue, warnings } = await open().createIssue(issueInput({ fields: [third] }));
  expect(warnings).toEqual([]);
  expect(issue).toMatchObject({ labels: ["Priority::3"], priority: "3" });
});

it("[E2] what groups share counts, unless that is switched off", async () => {
  const at = { ...siteOf(sandbox.apiUrl, sandbox.tokens.write), settings: { groupResources: "no" } };
  const { fetch } = createTransport({ policy: { allowPrivate: [new URL(sandbox.url).host] } });
  const without = gitlab.open({ ...at, fetch });
  const project = checkout;
  expect((await without.listProjects({})).items).toEqual([]);
  expect((await without.listLabels({ project })).items).toEqual(["team: checkout"]);
  expect((await open().listLabels({ project })).items).toEqual(expect.arrayContaining(["team: checkout", "bug"]));
  expect((await without.listUsers({ project })).items.map(({ login }) => login)).toEqual(["project_checkout_bot"]);
  const { fields } = await without.getForm({ project, typeId: null });
  expect(fields.find(({ role }) => role === "milestone")?.options?.map(({ name }) => name)).toEqual(["Spring release"]);
});

it("[G2] what a form says arrives, in one call", async () => {
  const release = { id: await userId("release-manager"), name: "Release manager" };
  const { fields } = await open().getForm({ project: checkout, typeId: "issue" });
  const [milestone] = fields.find(({ id }) => id === "milestone_id")?.options ?? [];
  const { issue, warnings } = await open().createIssue(
    issueInput({
      typeId: "task",
      labels: ["bug", "made just now"],
      fields: [
        field("assignee_ids", release, { kind: "user" }),
        field("milestone_id", milestone ?? null, { kind: "select" }),
        field("severity::", { id: "severity::2", name: "2" }, { kind: "select", wire: "label" }),
        field("due_date", "2027-01-31"),
        field("weight", 3),
        field("confidential", true),
      ],
    }),
  );
  expect(warnings).toEqual([]);
  expect(issue).toMatchObject({ type: "Task", assignee: { login: "release-manager" } });
  expect([...issue.labels].sort()).toEqual(["bug", "made just now", "severity::2"]);
  expect(writes()).toMatchObject([
    { body: { due_date: "2027-01-31", weight: 3, confidential: true, milestone_id: Number(milestone?.id) } },
  ]);
});

it("[H3] what GitLab drops without a word is reported", async () => {
  const { warnings } = await openAs("project").createIssue(
    issueInput({
      project: payments,
      labels: ["bug"],
      typeId: "incident",
      fields: [
        field("assignee_ids", { id: "999999", name: "Somebody" }),
        field("due_date", "2027-01-31"),
        field("confidential", true),
      ],
    }),
  );
  expect(warnings).toMatchObject([{ kind: "fields_dropped" }]);
  for (const what of ["the label “bug”", "an assignee", "the due date", "confidential", "the type"])
    expect(warnings[0]?.message).toContain(what);
});

it("[G11] what cannot be sent is refused before anything is", async () => {
  const refusals = await Promise.all([
    failureOf(open().createIssue(issueInput({ labels: ["one, two"] }))),
    failureOf(open().createIssue(issueInput({ typeId: "epic" }))),
    failureOf(open().createIssue(issueInput({ fields: [field("milestone_id", { id: "../1", name: "x" })] }))),
    failureOf(open().createIssue(issueInput({ fields: [field("due_date", "tomorrow")] }))),
    failureOf(open().createIssue(issueInput({ fields: [field("iid", 7)] }))),
    failureOf(open().updateIssue({ project: checkout, ref: "1" }, { removeLabels: ["a,b"] })),
  ]);
  for (const error of refusals) expect(error).toMatchObject({ kind: "invalid_input", outcome: "refused" });
  expect(refusals.map(({ fields }) => Object.keys(fields ?? {})[0])).toEqual([
    ...["labels", "typeId", "milestone_id", "due_date", "iid", "labels"],
  ]);
  expect(writes()).toEqual([]);
});

it("[I2] fields are set, and emptied", async () => {
  const address = { project: checkout, ref: "2" };
  const { fields } = await open().getForm({ project: checkout, typeId: null });
  const [milestone] = fields.find(({ id }) => id === "milestone_id")?.options ?? [];
  await open().updateIssue(address, {
    fields: [field("milestone_id", milestone ?? null), field("due_date", "2027-02-01"), field("confidential", true)],
  });
  await open().updateIssue(address, { fields: [field("milestone_id", null), field("due_date", null)] });
  expect(writes().map(({ body }) => body)).toEqual([
    { milestone_id: Number(milestone?.id), due_date: "2027-02-01", confidential: true },
    { milestone_id: 0, due_date: "" },
  ]);
});

it("[I4] another severity takes the place of the one before, even where scopes are but names", async () => {
  const severity = (id: string | null) =>
    field("severity::", id === null ? null : { id, name: id }, { kind: "select", wire: "label" });
  const address = { project: checkout, ref: "1" };
  expect((await open().updateIssue(address, { fields: [severity("severity::1")] })).labels).toEqual([
    "bug",
    "severity::1",
  ]);
  expect(writes().at(-1)?.body).toEqual({ add_labels: "severity::1", remove_labels: "severity::2" });
  expect((await open().updateIssue(address, { fields: [severity(null)] })).labels).toEqual(["bug"]);
});

it("[G4] members of groups above count, blocked ones are switched off, and choices are searched", async () => {
  const { items } = await open().listUsers({ project: checkout });
  expect(items.find(({ login }) => login === "former-contractor")?.isActive).toBe(false);
  expect(items.find(({ login }) => login === "release-manager")?.isActive).toBe(true);
  const ask = (id: string, query: string) =>
    open().searchOptions({
      project: checkout,
      typeId: null,
      query,
      field: { id, kind: "user", role: null, wire: null },
    });
  expect((await ask("assignee_ids", "contractor")).items).toEqual([]);
  expect((await ask("assignee_ids", "RELEASE")).items).toMatchObject([
    { name: "Release manager", detail: "@release-manager" },
  ]);
  expect((await ask("milestone_id", "year")).items).toMatchObject([{ name: "Year 2027" }]);
});

it("[H3] a field that is left empty at the creation is neither sent nor missed", async () => {
  const empty = ["assignee_ids", "milestone_id", "due_date", "weight"].map((id) => field(id, null));
  const { warnings } = await open().createIssue(issueInput({ fields: empty }));
  expect(warnings).toEqual([]);
});
