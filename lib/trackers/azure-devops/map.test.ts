import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { specsDir } from "@/e2e/vitest/external";
import { refusalOf } from "./errors";
import { pathsOf, textFieldOf, toForm } from "./form";
import { toCategory, toIssue, toProbe, toUser } from "./map";
import { setField, toWire } from "./patch";
import { rate } from "./rate";
import { hasTag, labelsOf, mergeTags, toTags } from "./tags";
import { webhook } from "./webhook";
import { literal, searchQuery } from "./wiql";
import { wireField, wireIdentity, wireItem, wireTypeField } from "./wire";

/** Microsoft's own example payloads; none of them was made by our sandbox. */
function examples() {
  const file = specsDir("webhooks-examples.json");
  const all = z
    .object({ "azure-devops": z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(file, "utf8")));
  return all["azure-devops"];
}
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const delivery = (value: unknown, headers: Record<string, string> = {}) => ({ headers, body: bytes(value) });

describe("official payloads", () => {
  it("[H1] [G7] an official work item becomes an issue in our words", () => {
    const { resource } = z.object({ resource: z.unknown() }).parse(examples()["workitem.created"]);
    const project = { remoteId: "be9b3917-87e6-42a4-a549-2bc06a7a878f", key: "FabrikamCloud" };
    expect(toIssue(wireItem.parse(resource), project, "https://dev.azure.com/fabrikam", "open")).toEqual({
      remoteId: "5",
      key: "#5",
      ref: "5",
      url: "https://dev.azure.com/fabrikam/FabrikamCloud/_workitems/edit/5",
      title: "Some great new idea!",
      state: "New",
      category: "open",
      type: "Bug",
      priority: null,
      labels: [],
      assignee: null,
      author: {
        remoteId: "Jamal Hartnett",
        name: "Jamal Hartnett",
        login: "Jamal Hartnett",
        email: null,
        isActive: true,
      },
      createdAt: new Date("2014-07-15T17:42:44.663Z"),
      updatedAt: new Date("2014-07-15T17:42:44.663Z"),
      projectRemoteId: project.remoteId,
      projectKey: "FabrikamCloud",
    });
  });

  it.each([
    ["workitem.created", "issue_changed"],
    ["workitem.updated", "issue_changed"],
    ["workitem.restored", "issue_changed"],
    ["workitem.deleted", "issue_deleted"],
    ["workitem.commented", "comment_changed"],
  ])("[I7] %s is read as %s of work item 5, whatever else has an id", (name, kind) => {
    const hint = webhook.parse(delivery(examples()[name]));
    expect(hint).toMatchObject({
      event: name,
      kind,
      issue: { ref: "5", remoteId: "5", projectRemoteId: "be9b3917-87e6-42a4-a549-2bc06a7a878f" },
      at: expect.any(Date),
    });
  });

  it("[I7] every delivery of an event has the event's id", () => {
    const ids = Object.values(examples()).map((example) => webhook.deliveryId(delivery(example)));
    expect(ids).toContain("d2d46fb1-dba5-403c-9373-427583f19e8c");
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("webhooks", () => {
  const secret = "a secret of many letters";
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
  it.each<[string, Record<string, string>, string, boolean]>([
    ["the header", { "x-faultline-secret": secret }, secret, true],
    ["the password, whoever is named", basic(`faultline:${secret}`), secret, true],
    ["a password with colons", basic("x:a:b"), "a:b", true],
    ["another header", { "x-faultline-secret": `${secret}!` }, secret, false],
    ["another password", basic("faultline:no"), secret, false],
    ["the secret as user name", basic(secret), secret, false],
    ["nothing", {}, secret, false],
    ["nothing, with no secret", {}, "", false],
    ["an empty header, with no secret", { "x-faultline-secret": "" }, "", false],
    ["an empty password, with no secret", basic("faultline:"), "", false],
  ])("[I7] %s", (_, headers, given, isTrue) => {
    expect(webhook.verify(delivery("{}", headers), given)).toBe(isTrue);
  });

  it("[I7] an update says whose doing it was", () => {
    const body = {
      id: "e",
      eventType: "workitem.updated",
      resource: { id: 3, workItemId: 12, revisedBy: { id: "guid" } },
    };
    expect(webhook.parse(delivery(body))).toMatchObject({
      issue: { ref: "12", projectRemoteId: null },
      actorRemoteId: "guid",
      at: null,
    });
  });
});

describe("values", () => {
  it.each([
    ["Proposed", "open"],
    ["InProgress", "in_progress"],
    ["Resolved", "in_progress"],
    ["Completed", "done"],
    ["Removed", "done"],
    ["Something new", "open"],
    [undefined, "open"],
  ])("[E5] the category %s is %s", (category, ours) => {
    expect(toCategory(category)).toBe(ours);
  });

  it("[G4] people are told by id, by account on a Server, and by a text of old", () => {
    expect(
      toUser({ id: "g", displayName: "Developer", uniqueName: "developer@acme.test", inactive: null }),
    ).toMatchObject({ remoteId: "g", email: "developer@acme.test" });
    expect(toUser({ id: "g", displayName: "Developer", uniqueName: "ACME\\developer", inactive: true })).toMatchObject({
      login: "ACME\\developer",
      email: null,
      isActive: false,
    });
    expect(toUser(wireIdentity.parse("Developer <developer@acme.test>"))).toMatchObject({
      remoteId: "developer@acme.test",
      name: "Developer",
    });
    expect(toUser(null)).toBeNull();
  });

  it("[E7] tags are merged: no matter the case, and no tag becomes two", () => {
    expect(mergeTags(["Bug", "flaky"], ["bug", "new; one, two", "  "], ["FLAKY", "none"])).toEqual([
      "Bug",
      "new one two",
    ]);
    expect(toTags(["a;b", "c"])).toBe("a b; c");
    expect(hasTag(["faultline-0190"], "FAULTLINE-0190")).toBe(true);
    expect(hasTag(["faultline-01901"], "faultline-0190")).toBe(false);
    expect(labelsOf("bug; faultline-01909f3c-7f7a-7000-8000-000000000000; faultline-beta; ")).toEqual([
      "bug",
      "faultline-beta",
    ]);
  });

  it("[G2] values are written as fields take them", () => {
    const field = { id: "f", name: "F", role: null, wire: null };
    expect(toWire({ ...field, kind: "date", value: "2026-12-24" })).toBe("2026-12-24T12:00:00Z");
    expect(toWire({ ...field, kind: "paragraph", wire: "html", value: "a < b\r\nc" })).toBe("a &#60; b<br>c");
    expect(toWire({ ...field, kind: "paragraph", value: "a < b" })).toBe("a < b");
    expect(toWire({ ...field, kind: "select", wire: "integer", value: { id: "2", name: "2" } })).toBe(2);
    expect(toWire({ ...field, kind: "select", value: { id: "2 - High", name: "x" } })).toBe("2 - High");
    expect(toWire({ ...field, kind: "user", value: null })).toBe("");
    expect(() => toWire({ ...field, kind: "multi_select", value: [{ id: "a", name: "a" }] })).toThrow("one value");
    for (const name of ["System.Title/../../rev", "", "a b", "a~1b"]) expect(() => setField(name, 1)).toThrow();
  });

  it("[D3] the probe tells limit and clock where the answer does", () => {
    const headers = new Headers({
      "x-ratelimit-limit": "200",
      "x-ratelimit-remaining": "3",
      "x-ratelimit-reset": "1767225600",
    });
    const probe = toProbe(
      { id: "g", providerDisplayName: "Bot", customDisplayName: null, properties: null },
      headers,
      ["vso.identity"],
      "7.2",
      "https://dev.azure.com/acme",
    );
    expect(probe).toMatchObject({
      scopesFound: ["vso.work_write", "vso.project"],
      scopesMissing: [{ name: "vso.identity" }],
      rateLimit: { limit: 200, remaining: 3, resetAt: new Date("2026-01-01T00:00:00Z") },
      clockSkewMs: null,
    });
  });
});

describe("forms", () => {
  const typeField = (referenceName: string, more: object = {}) =>
    wireTypeField.parse({ referenceName, name: referenceName, ...more });
  const kind = (referenceName: string, type: string, more: object = {}) =>
    wireField.parse({ referenceName, type, ...more });

  it("[G2] a field without its kind, or of an unknown one, is shown as what cannot be filled in", () => {
    const form = toForm({
      fields: [typeField("Custom.A", { alwaysRequired: true }), typeField("Custom.B")],
      kinds: [kind("Custom.B", "hologram")],
      nodes: [],
      layout: null,
    });
    expect(form.fields.map(({ id, kind: of, isRequired }) => [id, of, isRequired])).toEqual([
      ["Custom.A", "unsupported", true],
      ["Custom.B", "unsupported", false],
    ]);
    expect(form.textField).toBeNull();
  });

  it("[G2] the layout says what is on the form and in which order; a team's own field is there all the same", () => {
    const names = [
      "Microsoft.VSTS.Common.StackRank",
      "Custom.Own",
      "Microsoft.VSTS.Common.Severity",
      "Microsoft.VSTS.Common.Priority",
      "System.Rev",
    ];
    const layout =
      '<FORM><Layout><Control FieldName="Microsoft.VSTS.Common.Severity"/></Layout><WebLayout><Control FieldName="Microsoft.VSTS.Common.Priority"/><Control FieldName="Microsoft.VSTS.Common.Severity"/></WebLayout></FORM>';
    const { fields } = toForm({
      fields: names.map((name) => typeField(name)),
      kinds: names.map((name) => kind(name, "string")),
      nodes: [],
      layout,
    });
    expect(fields.map(({ id }) => id)).toEqual([
      "Microsoft.VSTS.Common.Priority",
      "Microsoft.VSTS.Common.Severity",
      "Custom.Own",
    ]);
  });

  it("[G2] choices may be numbers, and what is no text is no choice", () => {
    const field = typeField("Custom.A", { allowedValues: [1, "2", { displayName: "x" }, null, "2"], defaultValue: 1 });
    const { fields } = toForm({
      fields: [field],
      kinds: [kind("Custom.A", "picklistInteger")],
      nodes: [],
      layout: null,
    });
    expect(fields[0]).toMatchObject({
      kind: "select",
      wire: "integer",
      default: { id: "1" },
      options: [{ id: "1" }, { id: "2" }],
    });
  });

  it("[G2] a large tree is searched, and one that has no end ends", () => {
    const children = Array.from({ length: 300 }, (_, i) => ({ name: `A${i}` }));
    const nodes = [{ name: "P", structureType: "area", children }];
    const { fields } = toForm({
      fields: [typeField("System.AreaPath")],
      kinds: [kind("System.AreaPath", "treePath")],
      nodes,
      layout: null,
    });
    expect(fields[0]).toMatchObject({ isSearched: true, options: null, role: "area" });
    type Deep = { name: string; structureType?: string; children: Deep[] };
    let deep: Deep = { name: "x", children: [] };
    for (let i = 0; i < 100; i++) deep = { name: "x", structureType: "area", children: [deep] };
    expect(pathsOf([deep], "area")).toHaveLength(31);
  });

  it("[G2] a bug's text is its steps", () => {
    const names = (...all: string[]) => all.map((referenceName) => ({ referenceName }));
    expect(textFieldOf(names("System.Description", "Microsoft.VSTS.TCM.ReproSteps"))).toBe(
      "Microsoft.VSTS.TCM.ReproSteps",
    );
    expect(textFieldOf(names("System.Description"))).toBe("System.Description");
    expect(textFieldOf(names("System.Title"))).toBeNull();
  });
});

describe("queries", () => {
  it("[H2] a text is a literal, whatever is in it", () => {
    expect(literal("O'Neil ''")).toBe("'O''Neil '''''");
    expect(literal("a\nb\u0000\u202ec")).toBe("'a b c'");
  });

  it("[H2] words are looked for one by one, in these projects alone", () => {
    const projects = [
      { remoteId: "1", key: "O'Neil" },
      { remoteId: "2", key: "Web shop" },
    ];
    const asked = searchQuery(projects, "pay' OR [System.Id] > 0", ["System.Description"]) ?? "";
    expect(asked).toContain("[System.TeamProject] IN ('O''Neil', 'Web shop')");
    expect(asked.match(/\[System\.Title\] CONTAINS '\w+'/g)).toEqual(
      ["pay", "OR", "System", "Id", "0"].map((word) => `[System.Title] CONTAINS '${word}'`),
    );
    expect(searchQuery([], "pay", [])).toBeNull();
    expect(searchQuery(projects, " '%*? ", [])).toBeNull();
    expect(searchQuery(projects, "AB#12", [])).toContain("[System.Id] = 12");
    expect(searchQuery(projects, "x ".repeat(1_000), [])?.match(/CONTAINS/g)).toHaveLength(12);
  });
});

describe("refusals", () => {
  const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    refusalOf({ status, headers: new Headers(headers), text: typeof body === "string" ? body : JSON.stringify(body) });

  it("[K4] a blocked user waits, whichever status says so", () => {
    const text = "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource.";
    for (const status of [429, 503]) {
      expect(answer(status, { message: text }, { "retry-after": "30" })).toMatchObject({
        kind: "tracker_rate_limited",
        outcome: "refused",
        retryAt: expect.any(Date),
      });
    }
    expect(answer(503, { message: "Service unavailable" })).toMatchObject({
      kind: "tracker_failed",
      outcome: "unknown",
    });
    expect(rate.isLimited({ status: 403, headers: new Headers(), text: () => text })).toBe(false);
  });

  it("[G5] too long a text is told by the rule's flags or by the code", () => {
    const rule = {
      fieldReferenceName: "Microsoft.VSTS.TCM.ReproSteps",
      fieldStatusFlags: "hasValues, invalidTooLong",
      errorMessage: "x",
    };
    const said = "TF401324: The field 'Description' contains a value whose length exceeds the maximum of 1048576.";
    for (const body of [{ message: "m", customProperties: { RuleValidationErrors: [rule] } }, { message: said }]) {
      expect(answer(400, body)).toMatchObject({
        kind: "tracker_text_too_long",
        outcome: "refused",
        fields: { description: expect.any(String) },
      });
    }
  });

  it("[I2] another revision than was read is a conflict, whichever status says so", () => {
    const body = {
      message: "VS403351: Test Operation for path /rev failed.",
      typeKey: "TestPatchOperationFailedException",
    };
    for (const status of [400, 409, 412])
      expect(answer(status, body)).toMatchObject({ kind: "conflict", outcome: "refused" });
  });

  it("[D3] a page is a sign-in page where it has to be", () => {
    const page = "<!DOCTYPE html><title>Sign In</title>";
    expect(answer(203, page)).toMatchObject({ kind: "tracker_unauthorized", outcome: "refused" });
    expect(answer(302, page, { location: "https://app.vssps.visualstudio.com/_signin?x" })).toMatchObject({
      kind: "tracker_unauthorized",
    });
    expect(answer(302, page, { location: "https://tfs.acme.test/other" })).toMatchObject({
      kind: "tracker_refused",
      outcome: "refused",
    });
  });
});
