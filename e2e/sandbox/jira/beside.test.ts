import { describe, expect, it } from "vitest";
import { createTask, faces, useJira } from "./testing";

describe.each(faces)("what stands beside an issue of Jira (%s)", (face) => {
  const use = useJira(face, { uploadLimitBytes: 1_000 });
  const comment = (body: object, key = "PAY-2") => use.send("POST", `/issue/${key}/comment`, body);

  it("[K9] comments are written, changed, read in order and deleted, each by its author", async () => {
    const first = await comment({ body: use.text("one"), properties: [{ key: "mark", value: "1" }] });
    expect(first.status).toBe(201);
    await use.asAdmin("POST", "/issue/PAY-2/comment", { body: use.text("two") });
    const list = (await use.send("GET", "/issue/PAY-2/comment?orderBy=-created&maxResults=1")).data;
    expect([list.total, list.comments[0].body]).toEqual([2, use.text("two")]);
    expect(list.comments[0]).not.toHaveProperty("properties");
    const marked = (await use.send("GET", `/issue/PAY-2/comment/${first.data.id}?expand=properties`)).data;
    expect(marked.properties).toEqual([{ key: "mark", value: "1" }]);

    const path = (id: string) => `/issue/PAY-2/comment/${id}`;
    expect((await use.send("PUT", path(first.data.id), { body: use.text("changed") })).data.body).toEqual(
      use.text("changed"),
    );
    expect((await use.send("PUT", path(list.comments[0].id), { body: use.text("x") })).status).toBe(400);
    expect((await use.send("DELETE", path(list.comments[0].id))).status).toBe(400);
    expect((await use.send("DELETE", path(first.data.id))).status).toBe(204);
    expect((await use.send("GET", path(first.data.id))).status).toBe(404);
  });

  it("[K9] a comment that is kept to some is not shown to others", async () => {
    const hidden = await comment({ body: use.text("x"), visibility: { type: "role", value: "Members" } });
    expect(hidden.data.visibility).toMatchObject({ type: "role", value: "Members" });
    await use.asAdmin("POST", "/issue/PAY-2/comment", {
      ...{ body: use.text("y"), visibility: { type: "group", value: "administrators" } },
    });
    expect((await use.send("GET", "/issue/PAY-2/comment")).data.total).toBe(1);
    expect((await use.asAdmin("GET", "/issue/PAY-2/comment")).data.total).toBe(2);
    expect((await comment({ body: use.text("x"), visibility: { type: "role", value: "Nobody" } })).status).toBe(400);
  });

  it("[K9] a comment that is too long, no text of this Jira, or by a reader is refused", async () => {
    const words = "The entered text is too long. It exceeds the allowed limit of 32,767 characters.";
    expect((await comment({ body: use.text("x".repeat(33_000)) })).data.errors).toEqual({ comment: words });
    const foreign = use.isCloud ? { type: "doc", version: 1, content: [{ type: "text", text: "x" }] } : "   ";
    expect((await comment({ body: foreign })).status).toBe(400);
    expect((await use.asReader("POST", "/issue/PAY-2/comment", { body: use.text("x") })).status).toBe(400);
    expect((await comment({ body: use.text("x") }, "SEC-1")).status).toBe(404);
  });

  it("[K9] the same link twice is one link, changed", async () => {
    const key = await createTask(use);
    const link = (title: string, more = {}) => ({
      ...{ globalId: "run=1", object: { url: "https://results.example/1", title }, ...more },
    });
    const post = (body: object) => use.send("POST", `/issue/${key}/remotelink`, body);
    const first = await post(link("Run 1", { relationship: "found by" }));
    const second = await post(link("Run 1, again"));
    expect([first.status, second.status]).toEqual(use.isCloud ? [201, 200] : [200, 200]);
    expect(second.data.id).toBe(first.data.id);
    const links = (await use.send("GET", `/issue/${key}/remotelink`)).data;
    expect(links).toMatchObject([{ globalId: "run=1", object: { title: "Run 1, again" } }]);
    expect(links[0]).not.toHaveProperty("relationship");
    expect((await use.jira().issues("PAY")).at(-1)?.links).toHaveLength(1);
    expect((await use.asReader("POST", `/issue/${key}/remotelink`, link("x"))).status).toBe(403);
    expect((await use.send("DELETE", `/issue/${key}/remotelink?globalId=run%3D1`)).status).toBe(204);
    expect((await use.send("GET", `/issue/${key}/remotelink?globalId=run%3D1`)).status).toBe(404);
  });

  it("[K9] files need the header against forged forms, and fit the limit", async () => {
    const form = (size: number) => {
      const data = new FormData();
      data.append("file", new Blob([new Uint8Array(size).fill(255)], { type: "image/png" }), "picture ü.png");
      return data;
    };
    const headers = { "x-atlassian-token": "no-check" };
    const send = (size: number, more?: Record<string, string>) =>
      use.send("POST", "/issue/PAY-2/attachments", form(size), more);
    const forged = await send(10);
    expect([forged.status, forged.data.errorMessages]).toEqual([403, ["XSRF check failed"]]);
    // Data Center's description says 404 for a file that is too large.
    expect((await send(1_001, headers)).status).toBe(use.isCloud ? 413 : 404);
    const { status, data } = await send(1_000, headers);
    expect([status, data.length, data[0].size, data[0].filename]).toEqual([200, 1, 1_000, "picture ü.png"]);
    const { files = [] } = (await use.jira().issues("PAY")).find(({ ref }) => ref === "PAY-2") ?? {};
    expect(files.map(({ size, bytes }) => [size, bytes[999]])).toEqual([[1_000, 255]]);
    expect((await use.send("GET", "/issue/PAY-2?fields=attachment")).data.fields.attachment).toMatchObject([
      { id: data[0].id, mimeType: "image/png" },
    ]);
    expect((await use.send("GET", "/attachment/meta")).data).toEqual({ enabled: true, uploadLimit: 1_000 });
  });

  it("[K9] properties are any JSON, told apart as new and changed, and gone when they are deleted", async () => {
    const path = "/issue/PAY-2/properties/mark";
    expect((await use.send("PUT", path, { id: 1 })).status).toBe(201);
    expect((await use.send("PUT", path, "two")).status).toBe(200);
    expect((await use.send("GET", path)).data).toEqual({ key: "mark", value: "two" });
    expect((await use.send("GET", "/issue/PAY-2/properties")).data.keys).toMatchObject([{ key: "mark" }]);
    expect((await use.asReader("PUT", path, "x")).status).toBe(403);
    expect((await use.send("DELETE", path)).status).toBe(204);
    expect((await use.send("GET", path)).status).toBe(404);
  });
});
