import { describe, expect, it } from "vitest";
import { bugFields, createTask, faces, useJira } from "./testing";

describe.each(faces)("changing an issue of Jira (%s)", (face) => {
  const use = useJira(face);
  const fieldsOf = async (key: string) => (await use.send("GET", `/issue/${key}`)).data.fields;
  const edit = (key: string, body: unknown) => use.send("PUT", `/issue/${key}`, body);

  it("[K9] writes what is sent and nothing else; labels can be added and removed one by one", async () => {
    const key = await createTask(use, { labels: ["a", "b"], description: use.text("Before.") });
    const update = { labels: [{ add: "c" }, { remove: "a" }] };
    expect((await edit(key, { fields: { summary: "After" }, update })).status).toBe(204);
    expect(await fieldsOf(key)).toMatchObject({
      ...{ summary: "After", labels: ["b", "c"], description: use.text("Before.") },
    });
    expect((await edit(key, { fields: { labels: ["x"] } })).status).toBe(204);
    expect((await fieldsOf(key)).labels).toEqual(["x"]);
  });

  it("[K9] refuses an edit that is empty, says a thing twice, empties what is required or names what is not there", async () => {
    const { data } = await use.send("POST", "/issue", { fields: bugFields(use) });
    expect((await edit(data.key, {})).status).toBe(400);
    const twice = { fields: { labels: ["a"] }, update: { labels: [{ add: "b" }] } };
    expect((await edit(data.key, twice)).data.errors).toHaveProperty("labels");
    const emptied = await edit(data.key, { fields: { customfield_10042: null } });
    expect(emptied.data.errors).toEqual({ customfield_10042: "Found on is required." });
    expect((await edit(data.key, { fields: { status: { id: "10204" } } })).data.errors).toHaveProperty("status");
    expect((await edit("OPS-1", { fields: { labels: ["x"] } })).data.errors).toHaveProperty("labels");
  });

  it("[K9] who may only read changes nothing; what is not seen is not there", async () => {
    expect((await use.asReader("PUT", "/issue/PAY-2", { fields: { summary: "x" } })).status).toBe(403);
    expect((await use.asReader("POST", "/issue/PAY-2/transitions", { transition: { id: "4" } })).status).toBe(400);
    expect((await use.asReader("GET", "/issue/PAY-2/transitions")).data.transitions).toEqual([]);
    expect((await edit("SEC-1", { fields: { summary: "x" } })).status).toBe(404);
    expect((await use.anonymous("GET", "/issue/PAY-2")).status).toBe(404);
    expect((await use.send("DELETE", "/issue/PAY-2")).status).toBe(403);
    expect((await use.asAdmin("DELETE", "/issue/PAY-2")).status).toBe(204);
    expect((await use.send("GET", "/issue/PAY-2")).status).toBe(404);
  });

  it("[K9] a transition exists only from where it starts, and its screen has to be filled in", async () => {
    const of = async (expand = "") => (await use.send("GET", `/issue/PAY-2/transitions${expand}`)).data.transitions;
    const go = (id: string, fields = {}) =>
      use.send("POST", "/issue/PAY-2/transitions", { transition: { id }, fields });
    const [start, resolve] = await of("?expand=transitions.fields");
    expect(start).toMatchObject({ id: "4", to: { statusCategory: { key: "indeterminate" } }, fields: {} });
    expect(resolve).toMatchObject({ id: "5", fields: { resolution: { required: true } } });
    expect(resolve.fields.resolution.allowedValues).toHaveLength(4);
    expect((await of())[1]).not.toHaveProperty("fields");

    expect((await go("7")).status).toBe(400);
    expect((await go("5")).data.errors).toEqual({ resolution: "Resolution is required." });
    expect((await go("5", { resolution: { name: "Nonsense" } })).data.errors).toHaveProperty("resolution");
    expect((await go("5", { resolution: { name: "Duplicate" }, summary: "x" })).data.errors).toHaveProperty("summary");
    expect((await go("5", { resolution: { name: "Duplicate" } })).status).toBe(204);
    expect(await fieldsOf("PAY-2")).toMatchObject({
      ...{ status: { name: "Resolved", statusCategory: { key: "done" } }, resolution: { name: "Duplicate" } },
      resolutiondate: expect.any(String),
    });
    expect((await go("3")).status).toBe(204);
    expect(await fieldsOf("PAY-2")).toMatchObject({
      status: { name: "To Do" },
      resolution: null,
      resolutiondate: null,
    });
  });

  it("[K9] there may be no direct way to done, and a status without a category", async () => {
    const { data } = await use.send("GET", "/issue/OPS-1/transitions");
    expect(data.transitions.map(({ name }: { name: string }) => name)).toEqual(["Take"]);
    await use.send("POST", "/issue/PAY-4/transitions", { transition: { id: "41" } });
    expect((await fieldsOf("PAY-4")).status.statusCategory).toMatchObject({ key: "undefined", id: 1 });
  });

  it("[K9] is assigned to those who can be, and to nobody", async () => {
    const assign = (body: object) => use.send("PUT", "/issue/PAY-2/assignee", body);
    expect((await assign(use.user("backend-developer"))).status).toBe(204);
    expect((await fieldsOf("PAY-2")).assignee).toMatchObject(use.user("backend-developer"));
    expect((await assign(use.user("auditor"))).data.errors.assignee).toMatch(/cannot be assigned issues/);
    expect((await assign(use.isCloud ? { accountId: null } : { name: null })).status).toBe(204);
    expect((await fieldsOf("PAY-2")).assignee).toBeNull();
  });

  it("[K9] each change has a later time, and a moved issue is found by its old key", async () => {
    const updated = async () => Date.parse((await fieldsOf("10003")).updated);
    const before = await updated();
    await edit("10003", { fields: { summary: "1" } });
    const between = await updated();
    await edit("10003", { fields: { summary: "2" } });
    expect([between > before, (await updated()) > between]).toEqual([true, true]);
    expect(use.jira().move("PAY-4", "OPS")).toBe("OPS-2");
    const { status, data } = await use.send("GET", "/issue/PAY-4");
    expect([status, data.key, data.id]).toEqual([200, "OPS-2", "10003"]);
    expect((await use.send("GET", "/issue/pay-4")).data.key).toBe("OPS-2");
  });
});
