import { describe, expect, it } from "vitest";
import { failureOf } from "@/lib/http/test-failure";
import { azureScene, fieldOf, setTo } from "./test-scene";

const { webshop, open, input, created, stored } = azureScene();

describe("forms", () => {
  it("[G2] hidden and switched off types are not offered", async () => {
    const names = (await open().listTypes({ project: webshop() })).map(({ name }) => name);
    expect(names).toEqual(["Bug", "Epic", "Feature", "Issue", "Task", "User Story"]);
  });

  it("[G2] a bug's form has its fields in the form's order, typed, and its steps as the text", async () => {
    const { fields, textField, labels } = await open().getForm({ project: webshop(), typeId: "Bug" });
    expect({ textField, labels }).toEqual({ textField: "Microsoft.VSTS.TCM.ReproSteps", labels: "free" });
    expect(fields.map(({ id, kind, role, isRequired }) => [id, kind, role, isRequired])).toEqual([
      ["System.AssignedTo", "user", "assignee", false],
      ["System.AreaPath", "select", "area", true],
      ["System.IterationPath", "select", "iteration", true],
      ["Microsoft.VSTS.TCM.SystemInfo", "paragraph", null, false],
      ["Microsoft.VSTS.Common.Priority", "select", "priority", false],
      ["Microsoft.VSTS.Common.Severity", "select", "severity", false],
      ["Custom.Environment", "select", null, true],
      ["Custom.Reviewer", "user", null, false],
      ["Custom.NeededBy", "date", null, false],
      ["Custom.SeenByCustomer", "checkbox", null, false],
      ["Microsoft.VSTS.Build.FoundIn", "text", null, false],
      ["Microsoft.VSTS.Scheduling.RemainingWork", "number", null, false],
      ["Microsoft.VSTS.Common.ValueArea", "select", null, false],
    ]);
    const area = fields.find(({ role }) => role === "area");
    expect(area?.options?.map(({ id }) => id)).toEqual([
      "Webshop",
      "Webshop\\Checkout",
      "Webshop\\Checkout\\Vouchers",
      "Webshop\\Search",
    ]);
    expect(area?.default).toEqual({ id: "Webshop", name: "Webshop" });
    expect(fields.find(({ role }) => role === "priority")?.default).toEqual({ id: "2", name: "2" });
  });

  it.each([
    ["Website", "Issue", "System.Description", "Issue"],
    ["Webshop", "User Story", "System.Description", "Bug"],
    ["Back Office", "Bug", "Microsoft.VSTS.TCM.ReproSteps", "Bug"],
    ["Firmware", "Bug", "Microsoft.VSTS.TCM.ReproSteps", "Bug"],
  ])("[G2] %s: the text of %s is %s, and the usual type is %s", async (key, typeId, textField, usual) => {
    const project = await open().getProject({ key });
    expect((await open().getForm({ project, typeId })).textField).toBe(textField);
    const { fields } = input();
    const { issue } = await open().createIssue(
      input({ project, typeId: null, fields: key === "Webshop" ? fields : [] }),
    );
    expect(issue.type).toBe(usual);
    expect(await open().getText({ project, ref: issue.ref })).toBe("<p>It fails.</p>");
  });

  it("[G2] every kind of value arrives as the field takes it", async () => {
    const of = (id: string) => fieldOf(open(), webshop(), "Bug", id);
    const fields = [
      setTo(await of("Custom.Environment"), { id: "Production", name: "Production" }),
      setTo(await of("Microsoft.VSTS.Common.Priority"), { id: "1", name: "1" }),
      setTo(await of("System.AssignedTo"), { id: "developer@acme.test", name: "Developer" }),
      setTo(await of("Custom.Reviewer"), {
        id: (await open().listUsers({ project: webshop(), query: "release" })).items[0]?.remoteId ?? "",
        name: "Release manager",
      }),
      setTo(await of("Custom.NeededBy"), "2026-12-24"),
      setTo(await of("Custom.SeenByCustomer"), true),
      setTo(await of("System.AreaPath"), { id: "Webshop\\Checkout", name: "Checkout" }),
      setTo(await of("Microsoft.VSTS.Scheduling.RemainingWork"), 2.5),
      setTo(await of("Microsoft.VSTS.TCM.SystemInfo"), "<b> & c\nd"),
    ];
    const { ref } = await created({ fields });
    expect(stored(ref).fields).toMatchObject({
      "Custom.Environment": "Production",
      "Microsoft.VSTS.Common.Priority": 1,
      "System.AssignedTo": "developer@acme.test",
      "Custom.Reviewer": "release-manager@acme.test",
      "Custom.NeededBy": "2026-12-24T12:00:00.000Z",
      "Custom.SeenByCustomer": true,
      "System.AreaPath": "Webshop\\Checkout",
      "Microsoft.VSTS.Scheduling.RemainingWork": 2.5,
      "Microsoft.VSTS.TCM.SystemInfo": "&#60;b&#62; &#38; c<br>d",
    });
  });

  it("[G2] areas and iterations are found by what is typed", async () => {
    const field = await fieldOf(open(), webshop(), "Bug", "System.IterationPath");
    const found = await open().searchOptions({ project: webshop(), typeId: "Bug", field, query: "sprint 2" });
    expect(found.items.map(({ id }) => id)).toEqual(["Webshop\\Release 1\\Sprint 2"]);
  });

  it("[G11] rules that the values break are told on their fields", async () => {
    const fields = [
      { ...setTo(await fieldOf(open(), webshop(), "Bug", "Microsoft.VSTS.Common.Severity"), { id: "9", name: "9" }) },
    ];
    expect(await failureOf(open().createIssue(input({ fields })))).toMatchObject({
      kind: "tracker_refused",
      outcome: "refused",
      fields: {
        "Custom.Environment": "is required",
        "Microsoft.VSTS.Common.Severity": "is not one of the values to choose from",
      },
    });
  });

  it("[G11] who may not create tags is told what to ask for", async () => {
    const error = await failureOf(open("noTags").createIssue(input()));
    expect(error).toMatchObject({ kind: "tracker_forbidden", outcome: "refused" });
    expect(error.message).toContain("Create tag definition");
  });
});
