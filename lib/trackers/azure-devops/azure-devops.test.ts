import { describe, expect, it } from "vitest";
import { failureOf } from "@/lib/http/test-failure";
import { azureDevops } from ".";
import { azureScene, fieldOf, setTo } from "./test-scene";

const { sandbox, webshop, open, input, calls, created, stored } = azureScene();

describe("connection", () => {
  it("[D3] says what the token opens, and what is missing", async () => {
    expect(await open().probe()).toMatchObject({
      account: {
        name: "Quality assurance bot",
        login: "qa-bot@acme.test",
        email: "qa-bot@acme.test",
        url: sandbox().apiUrl,
      },
      scopesFound: ["vso.work_write", "vso.project", "vso.identity"],
      scopesMissing: [],
      apiVersion: "7.2",
    });
    expect(await open("noScope").probe()).toMatchObject({
      account: { login: "auditor@acme.test" },
      scopesFound: [],
      scopesMissing: [{ name: "vso.work_write" }, { name: "vso.project" }, { name: "vso.identity" }],
    });
  });

  it("[D3] a token that has expired is answered with a page, which is what it is", async () => {
    await fetch(`${sandbox().url}/_sandbox/expire`, { method: "POST", body: JSON.stringify({ token: "write" }) });
    for (const call of [open().probe(), open().getProject({ key: "Webshop" }), open().createIssue(input())]) {
      expect(await failureOf(call)).toMatchObject({ kind: "tracker_unauthorized", outcome: "refused", status: 203 });
    }
  });

  it("[D3] being sent to sign in is what it is, and nobody goes there", async () => {
    const location = "https://spsprodcus1.vssps.visualstudio.com/_signin?realm=dev.azure.com";
    sandbox().faults.add({ mode: "redirect", status: 302, headers: { location } });
    expect(await failureOf(open().probe())).toMatchObject({
      kind: "tracker_unauthorized",
      outcome: "refused",
      status: 302,
    });
  });

  it("[K4] a server's routes are asked for once with a token", async () => {
    await open().getIssue({ project: webshop(), ref: "1" });
    const before = calls("OPTIONS").length;
    await open().getForm({ project: webshop(), typeId: "Bug" });
    expect(calls("OPTIONS")).toHaveLength(before);
  });

  it("[D1] an old Server's collection is spoken to in the version that it knows", async () => {
    const server = open("write", sandbox().serverUrl);
    const { issue } = await server.createIssue(input({ fields: input().fields }));
    expect(issue.url).toBe(`${sandbox().serverUrl}/Webshop/_workitems/edit/${issue.ref}`);
    expect((await server.probe()).apiVersion).toBe("6.0");
    const address = { project: webshop(), ref: issue.ref };
    await server.addComment(address, { body: "<p>Seen again.</p>", marker: "c" });
    expect((await server.listComments(address, {})).items).toHaveLength(1);
    expect(await server.getText(address)).toBe("<p>It fails.</p>");
  });
});

describe("changes", () => {
  it("[G3] the marker is a tag that nobody sees as a label, and that can be taken away", async () => {
    const given = input();
    const { issue } = await open().createIssue(given);
    expect(issue.labels).toEqual(["bug"]);
    expect(stored(issue.ref).fields["System.Tags"]).toBe(`bug; faultline-${given.marker}`);
    await azureDevops.marker.remove(open(), { project: webshop(), ref: issue.ref }, given.marker);
    expect(stored(issue.ref).fields["System.Tags"]).toBe("bug");
    expect(await open().findByMarker({ project: webshop(), marker: given.marker, since: new Date(0) })).toBeNull();
  });

  it("[G2] tags are offered as labels, page by page, and the markers among them are not", async () => {
    await open().createIssue(input());
    const [project] = sandbox().state().projects;
    project?.tags.push(...Array.from({ length: 120 }, (_, i) => `many ${i}`));
    const first = await open().listLabels({ project: webshop() });
    const second = await open().listLabels({ project: webshop(), cursor: first.next });
    const all = [...first.items, ...second.items];
    expect(all).toHaveLength(124);
    expect(second.next).toBeNull();
    expect(all.filter((name) => name.startsWith("faultline"))).toEqual([]);
  });

  it("[G3] a question before the call that fails: nothing was sent, and that is certain", async () => {
    const address = await created();
    sandbox().faults.add({ method: "GET", mode: "status", status: 500, times: "always" });
    const typed = { project: { remoteId: "other", key: "Other" }, typeId: null };
    const before = calls("POST").length;
    for (const call of [open().createIssue(input(typed)), open().updateIssue(address, { title: "x" })]) {
      expect(await failureOf(call)).toMatchObject({ kind: "tracker_failed", outcome: "refused" });
    }
    expect(calls("POST")).toHaveLength(before);
    expect(calls("PATCH")).toEqual([]);
  });

  it("[I2] a change in between is refused by the server, and worked out anew once", async () => {
    const address = await created();
    const conflict = { mode: "status", status: 412, body: { message: "VS403351: changed", typeKey: "x" } } as const;
    sandbox().faults.add({ method: "PATCH", ...conflict });
    expect((await open().updateIssue(address, { title: "Second" })).title).toBe("Second");
    expect(calls("PATCH")).toHaveLength(2);

    sandbox().faults.add({ method: "PATCH", ...conflict, times: "always" });
    expect(await failureOf(open().updateIssue(address, { title: "Third" }))).toMatchObject({
      kind: "conflict",
      outcome: "refused",
    });
    expect(calls("PATCH")).toHaveLength(4);
    expect(stored(address.ref).fields["System.Title"]).toBe("Second");
  });

  it("[I2] tags that two add at once are both there", async () => {
    const address = await created();
    await Promise.all(
      ["one", "two", "three"].map((label) => open().updateIssue(address, { addLabels: [label] })),
    ).catch(() => undefined);
    const labels = (await open().getIssue(address)).labels;
    // Whoever lost twice was told; nobody's tag was overwritten by another one's.
    expect(labels).toContain("bug");
    expect(labels.length).toBeGreaterThanOrEqual(3);
  });

  it("[I2] what is so already costs no revision", async () => {
    const address = await created();
    const { rev } = stored(address.ref);
    await open().updateIssue(address, { title: "Payment fails", addLabels: ["BUG"], removeLabels: ["none"] });
    expect(stored(address.ref).rev).toBe(rev);
    expect(calls("PATCH")).toEqual([]);
  });

  it("[I2] a text that was made Markdown is left alone, and everybody is told why", async () => {
    const address = await created();
    stored(address.ref).formats["Microsoft.VSTS.TCM.ReproSteps"] = "markdown";
    for (const call of [open().getText(address), open().updateIssue(address, { body: "<p>new</p>" })]) {
      const error = await failureOf(call);
      expect(error).toMatchObject({ kind: "tracker_refused", outcome: "refused" });
      expect(error.message).toContain("Markdown");
    }
    expect((await open().updateIssue(address, { title: "Still" })).title).toBe("Still");
  });

  it("[I4] ways lead where the type lets them, and what a state asks for is told on its field", async () => {
    const address = await created();
    const ways = await open().listTransitions(address);
    expect(ways.map(({ to }) => [to.name, to.category])).toEqual([
      ["Active", "in_progress"],
      ["Resolved", "in_progress"],
      ["Closed", "done"],
    ]);

    const firmware = await open().getProject({ key: "Firmware" });
    const bug = { project: firmware, ref: "6" };
    expect(await failureOf(open().transition(bug, { id: "Resolved", fields: [] }))).toMatchObject({
      kind: "tracker_refused",
      fields: { "Microsoft.VSTS.CMMI.RootCause": "is required" },
    });
    const field = await fieldOf(open(), firmware, "Bug", "Microsoft.VSTS.CMMI.RootCause");
    const cause = setTo(field, { id: "Coding Error", name: "Coding Error" });
    expect(await open().transition(bug, { id: "Resolved", fields: [cause] })).toMatchObject({
      state: "Resolved",
      category: "in_progress",
    });
  });

  it("[H1] an issue that lives in another project says so", async () => {
    const firmware = await open().getProject({ key: "Firmware" });
    const issue = await open().getIssue({ project: webshop(), ref: "6" });
    expect(issue).toMatchObject({ projectKey: "Firmware", projectRemoteId: firmware.remoteId });
  });

  it("[H1] a deleted work item is not found", async () => {
    stored("1").isDeleted = true;
    const error = await failureOf(open().getIssue({ project: webshop(), ref: "1" }));
    expect(error).toMatchObject({ kind: "tracker_not_found", message: expect.stringContaining("TF401232") });
  });
});

describe("people", () => {
  it("[G4] where the group of a project goes by another name, its teams say who is there", async () => {
    const project = { ...webshop(), key: "Portail" };
    const { items } = await open().listUsers({ project });
    expect(items.map(({ login }) => login)).toContain("qa-bot@acme.test");
    expect(items.find(({ login }) => login === "former@acme.test")?.isActive).toBe(false);
  });

  it("[G4] who has left is no choice", async () => {
    const field = await fieldOf(open(), webshop(), "Bug", "Custom.Reviewer");
    const options = await open().searchOptions({ project: webshop(), typeId: "Bug", field, query: "" });
    expect(options.items.map(({ name }) => name)).toContain("Developer");
    expect(options.items.map(({ name }) => name)).not.toContain("Former tester");
  });
});

describe("beside a work item", () => {
  it("[G8] a file that is there already is not put there again", async () => {
    const address = await created();
    const file = { name: "log.txt", mediaType: "text/plain", blob: new Blob(["Error: no\n"]) };
    const first = await open().attachFile(address, file);
    expect(await open().attachFile(address, file)).toEqual(first);
    await open().attachFile(address, { ...file, blob: new Blob(["Error: no, again\n"]) });
    const files = stored(address.ref).relations.filter(({ rel }) => rel === "AttachedFile");
    expect(files).toHaveLength(2);
    const [kept] = sandbox().state().attachments;
    expect(Buffer.from(kept?.base64 ?? "", "base64").toString()).toBe("Error: no\n");
  });

  it("[G7] the same link again changes it, whatever else is linked", async () => {
    const address = await created();
    const link = { id: "r-1", url: "https://faultline.example/r/1", title: "Failed" };
    await open().linkBack(address, { ...link, id: "r-0", url: "https://faultline.example/r/0" });
    await open().linkBack(address, link);
    const { rev } = stored(address.ref);
    await open().linkBack(address, link);
    expect(stored(address.ref).rev).toBe(rev);
    await open().linkBack(address, { ...link, url: "https://faultline.example/r/1?moved", title: "Failed again" });
    expect(stored(address.ref).relations).toEqual([
      { rel: "Hyperlink", url: "https://faultline.example/r/0", attributes: { comment: "Failed (r-0)" } },
      { rel: "Hyperlink", url: "https://faultline.example/r/1?moved", attributes: { comment: "Failed again (r-1)" } },
    ]);
  });

  it("[G7] the sandbox's page shows the work item, and runs nothing of it", async () => {
    const { issue } = await open().createIssue(input({ title: "<script>x</script>", body: "<p><b>bold</b></p>" }));
    const response = await fetch(issue.url);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const page = await response.text();
    expect(page).toContain("&#60;script&#62;");
    expect(page).toContain("<b>bold</b>");
  });

  it("[I7] one registration is a subscription to each event; a second one of the same address replaces it", async () => {
    const [url, secret] = ["http://127.0.0.1:9/hook", "a secret of many letters"];
    await open().registerWebhook({ project: webshop(), url, secret: "an old one" });
    const hook = await open().registerWebhook({ project: webshop(), url, secret });
    const all = sandbox().state().subscriptions;
    expect(all).toHaveLength(5);
    expect(all.every(({ consumerInputs }) => consumerInputs.httpHeaders?.endsWith(secret))).toBe(true);
    expect(await open().listWebhooks({ project: webshop() })).toEqual([hook]);
    expect(JSON.stringify(await open().listWebhooks({ project: webshop() }))).not.toContain(secret);
    await open().removeWebhook({ project: webshop(), remoteId: hook.remoteId });
    expect(sandbox().state().subscriptions).toEqual([]);
  });
});
