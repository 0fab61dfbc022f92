import { describe, expect, it } from "vitest";
import { clientOf, faces, useJira } from "./testing";

type Field = {
  fieldId: string;
  name: string;
  required: boolean;
  hasDefaultValue: boolean;
  schema: { type: string };
} & {
  allowedValues?: { id: string }[];
};

describe.each(faces)("forms of Jira (%s)", (face) => {
  const use = useJira(face);
  const form = async (project: string, type: string, query = "maxResults=200") => {
    const { status, data } = await use.send("GET", `/issue/createmeta/${project}/issuetypes/${type}?${query}`);
    const fields: Field[] = data.fields ?? data.values ?? [];
    return { status, data, fields, byId: new Map(fields.map((field) => [field.fieldId, field])) };
  };

  it("[K9] names the types of a project, and what a sub-task is", async () => {
    const { data } = await use.send("GET", "/issue/createmeta/PAY/issuetypes");
    const types: { name: string; subtask: boolean }[] = data.issueTypes ?? data.values;
    expect(types.map(({ name }) => name)).toEqual(["Bug", "Task", "Story", "Epic", "Sub-task"]);
    expect(types.filter(({ subtask }) => subtask)).toHaveLength(1);
  });

  it("[K9] tells what a bug needs, what can be chosen, and what Jira fills in itself", async () => {
    const { byId } = await form("PAY", "10004");
    const needed = [...byId.values()].filter(({ required, hasDefaultValue }) => required && !hasDefaultValue);
    expect(needed.map(({ name }) => name)).toEqual([
      ...["Summary", "Issue Type", "Project", "Environment found", "QA owner", "Found on"],
    ]);
    // An option that is switched off cannot be chosen.
    expect(byId.get("customfield_10040")?.allowedValues?.map(({ id }) => id)).toEqual(["10100", "10101", "10102"]);
    expect(byId.get("reporter")).toMatchObject({ required: true, hasDefaultValue: true });
    expect(byId.get("customfield_10054")?.schema).toMatchObject({ type: "any" });
    expect(byId.get("customfield_10041")).not.toHaveProperty("allowedValues");
  });

  it("[K9] has forms without text and labels, and one of 300 fields over several pages", async () => {
    const { byId } = await form("OPS", "10002");
    expect(byId.has("description") || byId.has("labels")).toBe(false);
    const first = await form("OPS", "10010");
    const second = await form("OPS", "10010", "startAt=200&maxResults=200");
    expect([first.fields.length, second.fields.length, first.data.total]).toEqual([200, 103, 303]);
  });

  it("[K9] shows the form only to those who may create", async () => {
    expect((await form("ARC", "10002")).status).toBe(400);
    expect((await form("SEC", "10002")).status).toBe(400);
    const { status } = await use.asReader("GET", "/issue/createmeta/PAY/issuetypes");
    expect(status).toBe(400);
  });

  it("[K9] tells what one may do where", async () => {
    const of = async (send: typeof use.send, where: string) => {
      const asked = use.isCloud ? "permissions=CREATE_ISSUES,BROWSE_PROJECTS&" : "";
      const { data } = await send("GET", `/mypermissions?${asked}${where}`);
      const { CREATE_ISSUES, BROWSE_PROJECTS } = data.permissions;
      return [BROWSE_PROJECTS.havePermission, CREATE_ISSUES.havePermission];
    };
    expect(await of(use.send, "projectKey=PAY")).toEqual([true, true]);
    expect(await of(use.send, "projectKey=ARC")).toEqual([true, false]);
    expect(await of(use.asReader, "projectKey=PAY")).toEqual([true, false]);
    const asked = use.isCloud ? "permissions=BROWSE_PROJECTS&" : "";
    expect((await use.send("GET", `/mypermissions?${asked}projectKey=SEC`)).status).toBe(404);
  });

  it("[K9] a project that is not seen is one that is not there", async () => {
    expect((await use.send("GET", "/project/PAY")).data).toMatchObject({ id: "10000", name: "Payments" });
    const [hidden, absent] = [await use.send("GET", "/project/SEC"), await use.send("GET", "/project/NONE")];
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect(hidden.data.errorMessages[0].replace("SEC", "NONE")).toBe(absent.data.errorMessages[0]);
  });
});

describe("forms of Jira Cloud", () => {
  const use = useJira("cloud", { extraProjects: 120 });

  it("[K9] lists projects in pages, by what is typed and by where one may create", async () => {
    const first = (await use.send("GET", "/project/search?maxResults=100&orderBy=key")).data;
    expect([first.values.length, first.total, first.isLast]).toEqual([100, 123, false]);
    const next = await clientOf("", `Basic ${btoa(Object.values(use.jira().credentials.write.values).join(":"))}`)(
      "GET",
      first.nextPage,
    );
    expect([next.data.values.length, next.data.isLast]).toEqual([23, true]);
    const found = (await use.send("GET", "/project/search?query=Product%200117")).data;
    expect(found.values.map(({ key }: { key: string }) => key)).toEqual(["P0117"]);
    const writable = (await use.send("GET", "/project/search?action=create&query=Arch")).data;
    expect(writable.total).toBe(0);
  });

  it("[K9] wants to be told which permissions are asked for", async () => {
    expect((await use.send("GET", "/mypermissions?projectKey=PAY")).status).toBe(400);
    expect((await use.send("GET", "/mypermissions?permissions=FLY")).status).toBe(400);
  });
});

describe("forms of Jira Data Center", () => {
  const use = useJira("dc", { extraProjects: 120 });

  it("[K9] lists all projects at once", async () => {
    expect((await use.send("GET", "/project")).data).toHaveLength(123);
  });
});

describe("forms of Jira 8.20", () => {
  const use = useJira("dc", { version: "8.20" });

  it("[K9] come all at once, and by type they do not come at all", async () => {
    expect((await use.send("GET", "/serverInfo")).data.versionNumbers).toEqual([8, 20, 24]);
    expect((await use.send("GET", "/issue/createmeta/PAY/issuetypes")).status).toBe(404);
    const query = "projectKeys=PAY&issuetypeIds=10004&expand=projects.issuetypes.fields";
    const { data } = await use.send("GET", `/issue/createmeta?${query}`);
    expect(data.projects[0].issuetypes).toMatchObject([
      { name: "Bug", fields: { customfield_10040: { required: true } } },
    ]);
  });
});
