import { describe, expect, it } from "vitest";
import type { Field } from "@/lib/trackers/shapes";
import { readValue } from "./read-value";
import { setValues } from "./set-values";

const field = (change: Partial<Field> & Pick<Field, "kind">): Field => ({
  ...{ id: "f", name: "F", role: null, isRequired: false, default: null, help: null, options: null },
  ...{ isSearched: false, wire: null },
  ...change,
});
const high = { id: "2", name: "High" };
const low = { id: "4", name: "Low" };
const options = [high, low];
const places = [
  { id: "eu", name: "Europe", children: [{ id: "de", name: "Germany" }] },
  { id: "us", name: "America" },
];

describe("a value of a tracker's field", () => {
  it.each<[string, Parameters<typeof field>[0], unknown, unknown]>([
    ["a text", { kind: "text" }, "a", "a"],
    ["a number as API callers may write it", { kind: "number" }, "1.5", 1.5],
    ["a date", { kind: "date" }, "2024-02-29", "2024-02-29"],
    ["a moment with its zone", { kind: "datetime" }, "2026-11-20T09:30:00+01:00", "2026-11-20T09:30:00+01:00"],
    ["no", { kind: "checkbox" }, false, false],
    ["an address", { kind: "url" }, " https://a.test/x ", "https://a.test/x"],
    ["a listed choice by its id alone", { kind: "select", options }, "2", high],
    ["a listed choice whose name has changed", { kind: "select", options }, { id: "2", name: "Urgent" }, high],
    ["a number as an id", { kind: "select", options }, 2, high],
    ["a searched choice", { kind: "user", isSearched: true }, { id: "u1", name: "QA" }, { id: "u1", name: "QA" }],
    ["a searched choice by its id alone", { kind: "user", isSearched: true }, "u1", { id: "u1", name: "u1" }],
    ["choices, each once", { kind: "multi_select", options }, ["4", { id: "2" }, "4"], [low, high]],
    [
      "a cascade",
      { kind: "cascade", options: places },
      { parent: { id: "eu" }, child: "de" },
      { parent: { id: "eu", name: "Europe" }, child: { id: "de", name: "Germany" } },
    ],
    [
      "the upper half of a cascade",
      { kind: "cascade", options: places },
      "us",
      { parent: { id: "us", name: "America" }, child: null },
    ],
    ["nothing", { kind: "text" }, "  ", null],
    ["no choice", { kind: "multi_select", options }, [], null],
  ])("[G2] may be %s", (_, of, given, value) => {
    expect(readValue(field(of), given)).toEqual({ value });
  });

  it.each<[string, Parameters<typeof field>[0], unknown]>([
    ["a text that is none", { kind: "text" }, { a: 1 }],
    ["a number that is none", { kind: "number" }, "many"],
    ["a number beyond all", { kind: "number" }, Number.POSITIVE_INFINITY],
    ["a day that no calendar has", { kind: "date" }, "2026-02-30"],
    ["a date in another order", { kind: "date" }, "20.11.2026"],
    ["a moment without a zone", { kind: "datetime" }, "2026-11-20T09:30:00"],
    ["an address that runs a script", { kind: "url" }, "javascript:alert(1)"],
    ["a choice that is not listed", { kind: "select", options }, { id: "9", name: "None" }],
    ["a choice without an id", { kind: "select", options }, { name: "High" }],
    ["one wrong choice among right ones", { kind: "multi_select", options }, ["2", "9"]],
    ["the child of another parent", { kind: "cascade", options: places }, { parent: "us", child: "de" }],
    ["what only the tracker can fill in", { kind: "unsupported" }, "x"],
  ])("[G2] refuses %s, in words", (_, of, given) => {
    expect(readValue(field(of), given)).toEqual({ problem: expect.stringMatching(/\w{4}.*\./) });
  });
});

describe("the values for a form", () => {
  const fields = [
    field({ kind: "select", id: "prio", name: "Priority", options, default: high, isRequired: true, wire: "w" }),
    field({ kind: "text", id: "where", name: "Where", isRequired: true }),
    field({ kind: "checkbox", id: "mine", name: "Mine", isRequired: true }),
    field({ kind: "date", id: "due", name: "Due" }),
  ];
  const ofBug = (given: Record<string, unknown>, all = fields) => setValues(all, given, "Bug");

  it("[G2] are sent in the tracker's order, and what it fills in itself is left to it", () => {
    expect(ofBug({ due: "2026-11-20", where: "here", prio: "2" })).toEqual({
      setFields: [
        { id: "where", name: "Where", kind: "text", role: null, wire: null, value: "here" },
        { id: "due", name: "Due", kind: "date", role: null, wire: null, value: "2026-11-20" },
      ],
      problems: {},
    });
    expect(ofBug({ where: "here", prio: "4" }).setFields[0]).toEqual({
      ...{ id: "prio", name: "Priority", kind: "select", role: null, wire: "w", value: low },
    });
  });

  it("[G2] lack a required one, which is said at the field", () => {
    expect(ofBug({ prio: null }).problems).toEqual({ prio: "Priority is required.", where: "Where is required." });
    expect(ofBug({ where: " " }).problems).toEqual({ where: "Where is required." });
  });

  it("[G2] are refused where the form has no such field, with those that it has", () => {
    const { problems } = ofBug({ where: "here", team: "a" });
    expect(problems).toEqual({
      team: 'Bug has no field "team". Its fields: prio (Priority), where (Where), mine (Mine), due (Due).',
    });
  });

  it("[G2] are emptied where they are named and empty, and the tracker would fill them in", () => {
    const [prio, ...rest] = fields;
    if (!prio) throw new Error("no field");
    const { setFields, problems } = ofBug({ prio: null, where: "here" }, [{ ...prio, isRequired: false }, ...rest]);
    expect(problems).toEqual({});
    expect(setFields[0]).toMatchObject({ id: "prio", value: null });
  });

  it("[G2] [G11] of a kind that nobody can fill in here lead to the tracker's own form", () => {
    const { problems } = ofBug({}, [field({ kind: "unsupported", name: "Approval", isRequired: true })]);
    expect(problems).toEqual({ f: expect.stringContaining("file the issue there") });
  });
});
