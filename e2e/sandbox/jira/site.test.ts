import { describe, expect, it } from "vitest";
import { bugFields, clientOf, faces, useJira } from "./testing";

describe.each(faces)("pages of Jira (%s)", (face) => {
  const use = useJira(face);
  const site = (...call: Parameters<ReturnType<typeof clientOf>>) => clientOf(use.jira().url, null)(...call);
  const submit = (path: string, form: Record<string, string>) => site("POST", path, new URLSearchParams(form));

  it("[K9] show projects, issues and an issue with everything that is on it, text as text", async () => {
    const { data } = await use.send("POST", "/issue", {
      fields: {
        ...bugFields(use),
        summary: "<script>alert(1)</script>",
        description: use.text("<img src=x onerror=alert(1)>"),
        labels: ["red"],
      },
    });
    const link = { globalId: "g", object: { url: "javascript:alert(1)", title: "Not a link" } };
    await use.send("POST", `/issue/${data.key}/remotelink`, link);
    await use.send("POST", `/issue/${data.key}/remotelink`, {
      object: { url: "https://runs.example/1", title: "Run 1" },
    });
    const form = new FormData();
    form.append("file", new Blob(["hello"], { type: "text/plain" }), "<b>.log");
    await use.send("POST", `/issue/${data.key}/attachments`, form, { "x-atlassian-token": "no-check" });
    await use.send("POST", `/issue/${data.key}/comment`, { body: use.text("A remark") });

    expect((await site("GET", "/")).data).toContain("Payments");
    expect((await site("GET", "/projects/PAY")).data).toContain("&#60;script&#62;");
    const { data: page, headers } = await site("GET", `/browse/${data.key}`);
    expect(page).not.toMatch(/<script|<img|javascript:|<b>\.log/);
    for (const text of [
      "&#60;img",
      "Environment found",
      "Staging",
      "QA lead",
      "2026-11-20",
      "red",
      "Run 1",
      "A remark",
    ]) {
      expect(page).toContain(text);
    }
    expect(page).toContain('href="https://runs.example/1"');
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await site("GET", "/browse/SEC-1")).status).toBe(404);
  });

  it("[K9] let a person resolve, reopen and comment, as somebody else than the bot", async () => {
    const refused = await submit("/browse/PAY-2/transition", { id: "5" });
    expect([refused.status, refused.data]).toEqual([400, expect.stringContaining("Resolution is required.")]);
    expect((await submit("/browse/PAY-2/transition", { id: "5", resolution: "10001" })).status).toBe(303);
    const { data } = await use.send("GET", "/issue/PAY-2?fields=status,resolution");
    expect(data.fields).toMatchObject({ status: { name: "Resolved" }, resolution: { name: "Won't Do" } });
    expect((await submit("/browse/PAY-2/transition", { id: "3" })).status).toBe(303);
    expect((await site("GET", "/browse/PAY-2")).data).toContain("To Do");
    await submit("/browse/PAY-2/comment", { body: "Seen by a person" });
    const { data: comments } = await use.send("GET", "/issue/PAY-2/comment");
    expect(comments.comments).toMatchObject([{ author: use.user("release-manager") }]);
  });

  it("[K9] have the form for a new issue, filled in by its address, with what is required", async () => {
    const query = "pid=10000&issuetype=10004&summary=It%20%22fails%22&description=Because&labels=a&labels=b";
    const { data: page } = await site("GET", `/secure/CreateIssueDetails!init.jspa?${query}`);
    for (const text of ['value="It &#34;fails&#34;"', ">Because<", 'value="a b"', "Environment found", "Found on"]) {
      expect(page).toContain(text);
    }
    const form = { pid: "10000", issuetype: "10004", summary: "By hand", description: "Text", labels: "a b" };
    expect((await submit("/secure/CreateIssueDetails.jspa", form)).status).toBe(400);
    const [user = ""] = Object.values(use.user("qa-lead"));
    const more = { customfield_10040: "10101", customfield_10041: user, customfield_10042: "2026-11-20" };
    const made = await submit("/secure/CreateIssueDetails.jspa", { ...form, ...more });
    expect(made.status).toBe(303);
    expect((await use.jira().issues("PAY")).at(-1)).toMatchObject({
      title: "By hand",
      labels: ["a", "b"],
      type: "Bug",
    });
  });

  it("[K9] lead from an old key to the new one", async () => {
    use.jira().move("PAY-4", "OPS");
    const { status, headers } = await site("GET", "/browse/PAY-4");
    expect([status, headers.get("location")]).toEqual([303, expect.stringMatching(/\/browse\/OPS-2$/)]);
  });
});
