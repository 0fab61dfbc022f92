import { describe, expect, it } from "vitest";
import type { FieldValue, SetField } from "@/lib/trackers/tracker";
import { edition as cloud } from "./cloud/edition";
import { edition as dc } from "./dc/edition";
import { mostOptions, toField, toFields } from "./fields";
import { wireField } from "./wire";
import { writeFields } from "./write-fields";

const own = "com.atlassian.jira.plugin.system.customfieldtypes";
const field = (schema: object, more: object = {}) =>
  toField(wireField.parse({ fieldId: "customfield_10010", name: "A field", required: false, schema, ...more }));
const custom = (type: string, name: string, items?: string) => ({
  type,
  custom: `${own}:${name}`,
  ...(items && { items }),
});
const options = {
  allowedValues: [
    { id: "1", value: "One" },
    { id: "2", value: "Two" },
  ],
};
const named = {
  allowedValues: [
    { id: "1", name: "One" },
    { id: "2", name: "Two" },
  ],
};

const written = (kindOf: ReturnType<typeof field>, value: FieldValue, edition = cloud) => {
  const { id, name, kind, role, wire } = kindOf;
  return writeFields([{ id, name, kind, role, wire, value } satisfies SetField], edition)[id];
};
const choice = { id: "1", name: "One" };

// The right column is what Atlassian's documentation shows of each kind of field, by id where a value may change its name:
// https://developer.atlassian.com/server/jira/platform/jira-rest-api-examples/
it.each<[string, object, object, string, FieldValue, unknown]>([
  ["text", custom("string", "textfield"), {}, "text", "a\nb", "a b"],
  ["address", custom("string", "url"), {}, "url", "https://x.example", "https://x.example"],
  ["number", custom("number", "float"), {}, "number", 42.07, 42.07],
  ["number that was typed", custom("number", "float"), {}, "number", "42.07", 42.07],
  ["date", custom("date", "datepicker"), {}, "date", "2011-10-03", "2011-10-03"],
  [
    "moment",
    custom("datetime", "datetime"),
    {},
    "datetime",
    "2011-10-19T10:29:29+11:00",
    "2011-10-18T23:29:29.000+0000",
  ],
  ["select", custom("option", "select"), options, "select", choice, { id: "1" }],
  ["radio buttons", custom("option", "radiobuttons"), options, "select", choice, { id: "1" }],
  ["checkboxes", custom("array", "multicheckboxes", "option"), options, "multi_select", [choice], [{ id: "1" }]],
  ["multi select", custom("array", "multiselect", "option"), options, "multi_select", [choice], [{ id: "1" }]],
  ["versions", custom("array", "multiversion", "version"), named, "multi_select", [choice], [{ id: "1" }]],
  ["version", custom("version", "version"), named, "select", choice, { id: "1" }],
  ["project", custom("project", "project"), named, "select", choice, { id: "1" }],
  ["labels", custom("array", "labels", "string"), {}, "multi_select", [{ id: "flaky", name: "flaky" }], ["flaky"]],
  ["priority", { type: "priority", system: "priority" }, named, "select", choice, { id: "1" }],
  [
    "components",
    { type: "array", items: "component", system: "components" },
    named,
    "multi_select",
    [choice],
    [{ id: "1" }],
  ],
  ["due date", { type: "date", system: "duedate" }, {}, "date", "2026-11-20", "2026-11-20"],
  ["parent", { type: "issuelink", system: "parent" }, {}, "issue", { id: "10012", name: "PAY-12" }, { id: "10012" }],
  [
    "epic of older projects",
    { type: "any", custom: "com.pyxis.greenhopper.jira:gh-epic-link" },
    {},
    "issue",
    { id: "PAY-12", name: "PAY-12 Pay" },
    "PAY-12",
  ],
  [
    "sprint",
    { type: "array", items: "json", custom: "com.pyxis.greenhopper.jira:gh-sprint" },
    {},
    "select",
    { id: "42", name: "Sprint 42" },
    42,
  ],
  [
    "cascade",
    custom("option-with-child", "cascadingselect"),
    { allowedValues: [{ id: "1", value: "One", children: [{ id: "11", value: "Eleven" }] }] },
    "cascade",
    { parent: choice, child: { id: "11", name: "Eleven" } },
    { id: "1", child: { id: "11" } },
  ],
])("[E4] %s: asked for and sent as Jira takes it", (_, schema, more, kind, value, sent) => {
  const known = field(schema, more);
  expect(known.kind).toBe(kind);
  expect(written(known, value)).toEqual(sent);
  expect(written(known, value, dc)).toEqual(sent);
});

describe("what the editions write otherwise", () => {
  it("[E4] people: by account on Cloud, by name on Data Center", () => {
    const one = field(custom("user", "userpicker"));
    const many = field(custom("array", "multiuserpicker", "user"));
    expect([one.kind, many.kind, one.isSearched, many.isSearched]).toEqual(["user", "users", true, true]);
    const person = { id: "qa-bot", name: "QA" };
    expect(written(one, person)).toEqual({ accountId: "qa-bot" });
    expect(written(one, person, dc)).toEqual({ name: "qa-bot" });
    expect(written(many, [person])).toEqual([{ accountId: "qa-bot" }]);
    expect(written(many, [person], dc)).toEqual([{ name: "qa-bot" }]);
  });

  it("[E4] texts of several lines: a document on Cloud, markup on Data Center, and nothing in them comes alive", () => {
    const area = field(custom("string", "textarea"));
    expect(area.kind).toBe("paragraph");
    expect(written(area, "It *fails*\n\nfor {code}")).toEqual({
      version: 1,
      type: "doc",
      content: [
        { type: "paragraph", content: [{ type: "text", text: "It *fails*" }] },
        { type: "paragraph", content: [{ type: "text", text: "for {code}" }] },
      ],
    });
    expect(written(area, "It *fails*\n\nfor {code}", dc)).toBe("It \\*fails\\*\n\nfor \\{code\\}");
    expect(field({ type: "string", system: "environment" }).kind).toBe("paragraph");
  });
});

it.each([
  ["groups", custom("group", "grouppicker")],
  ["lists of groups", custom("array", "multigrouppicker", "group")],
  ["what an app keeps", { type: "any", custom: "com.example.moods:mood-picker" }],
  ["times", { type: "timetracking", system: "timetracking" }],
  ["what Jira computes", custom("string", "readonlyfield")],
  ["nothing known at all", {}],
  ["a select with nothing to choose", custom("option", "select")],
])("[E4] %s: shown by name, not to be filled in here", (_, schema) => {
  expect(field(schema)).toMatchObject({ kind: "unsupported", name: "A field", options: null });
});

it("[E4] a value that a field cannot have is refused at its field", () => {
  const number = field(custom("number", "float"));
  expect(() => written(number, "many")).toThrow(
    expect.objectContaining({ kind: "invalid_input", fields: { customfield_10010: expect.any(String) } }),
  );
  expect(() => written({ ...number, wire: "constructor" }, 3)).toThrow("cannot be set");
  expect(() => written(field({ type: "any" }), "x")).toThrow("cannot be set");
  expect(writeFields([{ ...number, value: null }], cloud)).toEqual({ customfield_10010: null });
});

it("[G2] options that are switched off are not offered, and more than fit are searched for", () => {
  const off = { id: "3", value: "Old", disabled: true };
  const archived = { id: "4", name: "1.0", archived: true };
  expect(
    field(custom("option", "select"), { allowedValues: [...options.allowedValues, off, archived, "?"] }).options,
  ).toEqual([
    { id: "1", name: "One" },
    { id: "2", name: "Two" },
  ]);
  const many = Array.from({ length: mostOptions + 1 }, (_, n) => ({ id: String(n), value: `Option ${n}` }));
  expect(field(custom("option", "select"), { allowedValues: many })).toMatchObject({ options: null, isSearched: true });
});

it("[G2] what Jira fills in itself is its default, and need not be typed where it does not say", () => {
  const filled = { required: true, hasDefaultValue: true };
  const known = field(custom("option", "select"), { ...options, ...filled, defaultValue: { id: "2", value: "Two" } });
  expect(known).toMatchObject({ isRequired: true, default: { id: "2", name: "Two" } });
  const reporter = field({ type: "user", system: "reporter" }, filled);
  expect(reporter).toMatchObject({ role: "reporter", isRequired: false, default: null });
  expect(field({ type: "user", system: "reporter" }, { required: true }).isRequired).toBe(true);
});

it("[G2] the form is in Jira's order, without what every creation says anyway", () => {
  const ids = [
    "summary",
    "issuetype",
    "customfield_2",
    "project",
    "description",
    "attachment",
    "customfield_1",
    "labels",
  ];
  const form = [...ids, "issuelinks"].map((fieldId) =>
    wireField.parse({
      fieldId,
      key: fieldId,
      name: fieldId,
      required: fieldId === "issuelinks",
      schema: { type: "string" },
    }),
  );
  expect(toFields(form).map(({ id }) => id)).toEqual(["customfield_2", "customfield_1", "issuelinks"]);
});
