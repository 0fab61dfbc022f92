import { expect, it } from "vitest";
import { codeBlock, doc, paragraph } from "@/lib/richtext/build";
import { hasMarker } from "@/lib/richtext/our-block-markdown";
import { renderBody } from "@/lib/richtext/render-body";
import { checkout, issueInput, open, openAs, payments, sandbox, writes } from "./test-scene";

it("[G5] lines that look like quick actions stay text, in the title, the description and a comment", async () => {
  const lines = ["/close", "/label ~flaky", "/confidential", "/title Owned"];
  const description = doc(...lines.map((line) => paragraph(line)), paragraph("a\n/close"), codeBlock("/close", "text"));
  const given = issueInput({ title: "/close" });
  const { output } = renderBody("glfm", 100_000, { description, marker: given.marker });
  const { issue } = await open().createIssue({ ...given, body: output });
  expect(issue).toMatchObject({ title: "/close", state: "opened", labels: [] });
  const address = { project: checkout, ref: issue.ref };
  const comment = renderBody("glfm", 100_000, { description, marker: null }).output;
  await open().addComment(address, { body: comment, marker: "c-1" });
  await open().updateIssue(address, { body: `${output}\n` });
  expect(await open().getIssue(address)).toMatchObject({ title: "/close", state: "opened", labels: [] });
  expect(await open().getText(address)).toContain("close");

  // The sandbox does carry them out where nobody keeps it from that.
  const bare = await open().createIssue(issueInput({ body: "text\n\n/close" }));
  expect((await open().getIssue({ project: checkout, ref: bare.issue.ref })).state).toBe("closed");
});

it("[I2] a change that names nothing writes nothing, and each other one only what it names", async () => {
  const address = { project: checkout, ref: "1" };
  expect((await open().updateIssue(address, {})).ref).toBe("1");
  expect(writes()).toEqual([]);
  await open().updateIssue(address, { title: "Renamed", addLabels: ["bug", "flaky"], removeLabels: ["regression"] });
  expect(writes().map(({ body }) => body)).toEqual([
    { title: "Renamed", add_labels: "bug,flaky", remove_labels: "regression" },
  ]);
});

it("[I4] GitLab's own notes are not comments, and internal ones are told apart", async () => {
  const address = { project: checkout, ref: "1" };
  await open().transition(address, { id: "close", fields: [] });
  await open().addComment(address, { body: "Seen again.", marker: "c-1" });
  sandbox.change(({ notes }) => {
    const [note] = notes.filter(({ system }) => !system);
    if (note) notes.push({ ...note, id: note.id + 1_000, body: "Between us.", internal: true });
  });
  const { items } = await open().listComments(address, {});
  expect(items.map(({ isInternal }) => isInternal)).toEqual([false, true]);
  expect(hasMarker(items[0]?.body ?? "", "c-1")).toBe(true);
  expect(items[0]?.url).toBe(`${sandbox.url}/acme/web/checkout/-/issues/1#note_${items[0]?.remoteId}`);
});

it("[H1] a moved issue is followed to where it lives now, as far as the account may see", async () => {
  const { iid } = sandbox.move("acme/web/checkout", 1, "acme/payments");
  expect(await open().getIssue({ project: checkout, ref: "1" })).toMatchObject({
    key: `acme/payments#${iid}`,
    projectRemoteId: payments.remoteId,
    state: "opened",
  });
  sandbox.move("acme/web/checkout", 2, "acme/web/security-reports");
  expect((await openAs("project").getIssue({ project: checkout, ref: "2" })).key).toBe("acme/web/checkout#2");
});

it("[H1] a note that only says so leads nowhere", async () => {
  const { iid } = sandbox.move("acme/web/checkout", 1, "acme/payments");
  sandbox.change(({ notes, lastId }) => {
    const [moved] = notes.filter(({ body }) => body.startsWith("moved to"));
    if (moved)
      notes.push({
        ...moved,
        id: lastId + 1,
        body: "moved to acme/payments#1",
        createdAt: new Date(Date.now() + 1_000).toISOString(),
      });
  });
  expect((await open().getIssue({ project: checkout, ref: "1" })).ref).toBe(String(iid));
});

it("[H1] a renamed project keeps its number: reads by its old name are followed, writes are not in need of it", async () => {
  sandbox.rename("acme/web/checkout", "acme/shop/till");
  expect(await open().getProject({ key: "acme/web/checkout" })).toMatchObject({
    remoteId: checkout.remoteId,
    key: "acme/shop/till",
  });
  const { issue, warnings } = await open().createIssue(issueInput());
  expect(issue).toMatchObject({ projectKey: "acme/shop/till", projectRemoteId: checkout.remoteId });
  expect(warnings).toEqual([{ kind: "project_renamed", message: "acme/web/checkout is now called acme/shop/till." }]);
  expect(writes()).toHaveLength(1);
});

it("[G3] the marker is found although the search leaves HTML comments out, as GitLab's does", async () => {
  const given = issueInput();
  const body = renderBody("glfm", 10_000, { description: doc(paragraph("It fails.")), marker: given.marker }).output;
  const { issue } = await open().createIssue({ ...given, body });
  const searched = await open().searchIssues({ projects: [checkout], query: `faultline-${given.marker}` });
  expect(searched.items).toEqual([]);
  const found = await open().findByMarker({
    project: checkout,
    marker: given.marker,
    since: new Date(Date.now() - 1_000),
  });
  expect(found?.remoteId).toBe(issue.remoteId);
});

it("[H2] several projects are searched side by side, and a reference only in the one that it names", async () => {
  const projects = [checkout, payments];
  const { items, next } = await open().searchIssues({ projects, query: "twice" });
  expect(items.map(({ key }) => key)).toEqual(["acme/payments#1", "acme/web/checkout#1"]);
  expect(next).toBeNull();
  // As a phrase it stands nowhere.
  const quoted = await open().searchIssues({ projects, query: '"refund twice"' });
  expect(quoted.items.map(({ key }) => key)).toEqual(["acme/payments#1"]);
  const named = await open().searchIssues({ projects, query: "acme/payments#1" });
  expect(named.items.map(({ key }) => key)).toEqual(["acme/payments#1"]);
});

it("[I1] changes are all listed, once each, where many are of one moment and where a page ends between two", async () => {
  sandbox.change((state) => {
    const [first] = state.issues;
    if (!first) return;
    const at = "2026-11-01T00:00:00.000Z";
    for (let i = 0; i < 250; i++) {
      state.issues.push({
        ...first,
        id: 50_000 + i,
        iid: 5_000 + i,
        createdAt: at,
        // More than a page of one moment, and then one after the other.
        updatedAt: i < 130 ? at : new Date(Date.parse(at) + i).toISOString(),
      });
    }
  });
  const since = new Date("2026-10-31T00:00:00Z");
  const found: string[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: Awaited<ReturnType<ReturnType<typeof open>["listChanged"]>> = await open().listChanged({
      project: checkout,
      since,
      cursor,
    });
    found.push(...page.items.map(({ remoteId }) => remoteId));
    cursor = page.next;
  } while (cursor !== null && ++pages < 20);
  const ours = found.filter((id) => Number(id) >= 50_000);
  expect(new Set(ours).size).toBe(250);
  expect(ours.length).toBe(new Set(ours).size);
});

it("[G8] a file is kept, served, and shown by what goes into the text", async () => {
  const file = { name: "shot [1].png", mediaType: "image/png", blob: new Blob(["not really a picture"]) };
  const sent = await open().uploadFile(checkout, file);
  expect(sent.inText).toMatch(/^!\[shot \\\[1\\\]\.png\]\(\/uploads\/[0-9a-f]{32}\/shot__1_\.png\)$/);
  expect(await (await fetch(sent.url)).text()).toBe("not really a picture");
  const { issue } = await open().createIssue(issueInput({ body: `See ${sent.inText}` }));
  expect(await (await fetch(issue.url)).text()).toContain(`src="${new URL(sent.url).pathname}"`);
  const log = await open().uploadFile(checkout, { ...file, name: "log.txt", mediaType: "text/plain" });
  expect(log.inText).toMatch(/^\[log\.txt\]/);
});
