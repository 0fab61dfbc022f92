import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { parseDoc } from "@/lib/richtext/doc";
import { giveUpCreation } from "./creation/give-up";
import { sendCreation } from "./creation/send";
import { getOrStartDraft } from "./drafts";
import { listIssues } from "./list-issues";
import { previewDraft } from "./preview";
import { retryCreation } from "./retry-creation";
import { showCreation } from "./show-creation";
import {
  ask,
  type FreshScene,
  makeFreshScene,
  makeResult,
  makeScene,
  passTime,
  readCreation,
  start,
  work,
  workUntil,
} from "./test-scene";

let scene: FreshScene;
beforeEach(async () => {
  scene = await makeFreshScene(sandbox);
});

describe("an issue is created", () => {
  it("[G1] [G7] [H3] with the failure's text, a link back, its labels, and links to result, case and run", async () => {
    const [{ resultId, caseId }] = scene.results;
    const draft = await getOrStartDraft(scene.member, { integrationId: scene.integrationId, resultId });
    const { title, id: draftId } = draft;
    const description = parseDoc(draft.description);
    const preview = await previewDraft(scene.member, draftId);
    const id = await start(scene, { title, description, draftId, labels: ["Regression", "faultline"] });
    expect((await readCreation(id)).state).toBe("queued");
    await work();

    const { creation, issue } = await showCreation(scene.member, id);
    expect(creation).toMatchObject({ state: "created", warnings: [] });
    const [made] = (await sandbox.issues("acme/checkout")).filter(
      ({ number }) => `acme/checkout#${number}` === issue?.key,
    );
    expect(made?.title).toBe("checkout › PaymentTest › pays: payment gateway <pays> @here");
    // G5: what was shown is, to the character, what was sent.
    expect(made?.body).toBe(preview.output);
    expect(made?.body).toContain(`/projects/${scene.projectId}/runs/${scene.run.runId}?result=${resultId}`);
    expect(made?.body).not.toMatch(/(^|[^`\w])@here|fixes #1/);
    expect(made?.labels.map(({ name }) => name).sort()).toEqual(["faultline", "regression"]);

    for (const subject of [{ resultId }, { caseId }, { runId: scene.run.runId }]) {
      const [linked, ...more] = await listIssues(scene.member, subject);
      expect(more).toEqual([]);
      expect(linked).toMatchObject({
        key: issue?.key,
        state: "open",
        links: [{ resultId, caseId, runId: scene.run.runId }],
      });
    }
    // G11: the draft is kept until the issue is there, and no longer.
    expect(await prisma.draft.count({ where: { id: draftId } })).toBe(0);
  });

  it("[H3] labels that the tracker drops are told beside the issue, which stays", async () => {
    // A public repository takes issues from everybody, labels from those with write access.
    const other = await makeScene({
      ...sandbox.github,
      token: sandbox.github.readOnlyToken,
      repository: "acme/payments",
    });
    const id = (await ask(other, {}, other.member)).creation?.id ?? "";
    await work();
    expect((await showCreation(other.member, id)).creation.warnings).toMatchObject([{ kind: "fields_dropped" }]);
    const [issue] = await listIssues(other.member, { resultId: other.results[0].resultId });
    expect(issue).toMatchObject({ labels: [], warnings: [{ message: expect.stringContaining("faultline") }] });
  });

  it("[G7] and the log says who asked for it and what it became", async () => {
    const id = await start(scene);
    await work();
    const entries = await prisma.auditEntry.findMany({ where: { projectId: scene.projectId }, orderBy: { id: "asc" } });
    const ours = entries.filter(({ subjectType }) => subjectType === "creation" || subjectType === "issue");
    expect(ours.map(({ action, via, actorId }) => [action, via, actorId])).toEqual([
      ["creation.requested", scene.member.via, scene.member.userId],
      ["issue.created", "job", scene.member.userId],
    ]);
    expect(ours[1]?.after).toMatchObject({ creationId: id });
  });
});

describe("exactly one issue", () => {
  it.each([
    ["the reply is dropped", { mode: "drop-reply" }],
    ["the answer is 500 although it was created", { mode: "status", after: true, status: 500 }],
    ["the answer is 201 with broken JSON", { mode: "bad-json" }],
    ["half of the answer comes", { mode: "truncate" }],
    ["the answer comes byte by byte", { mode: "slow-body", delayMs: 1 }],
    ["the answer says 200 and something else", { mode: "status", after: true, status: 200, body: { ok: true } }],
  ] as const)("[G3] when %s: a look finds it, no second call is made", async (_, fault) => {
    sandbox.faults.add({ method: "POST", path: "/issues$", ...fault });
    const id = await start(scene);
    await work();
    expect((await showCreation(scene.member, id)).creation.state).toBe("created");
    expect(await scene.createdCount()).toBe(1);
    expect(scene.posts()).toHaveLength(1);
    expect(await prisma.issueLink.count({ where: { resultId: scene.results[0].resultId } })).toBe(1);
  });

  it("[G3] when a sign-in page comes with 200 although it was created: it waits for a person, and then looks", async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "html", after: true, delayMs: 300 });
    const id = await start(scene);
    await work();
    const held = await readCreation(id);
    expect(held).toMatchObject({ state: "held", retryAt: null });
    // How long a look proves nothing counts from the call's end, whatever it ended with.
    expect(Number(held.lastSentAt) - Number(held.sentAt)).toBeGreaterThanOrEqual(300);
    await prisma.connection.updateMany({ data: { status: "active" } });
    await retryCreation(scene.member, id);
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(scene.posts()).toHaveLength(1);
  });

  it("[G3] when nothing was created and nobody knows it: looked for until it has settled, then sent again", async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "reset" });
    const id = await start(scene);
    await workUntil(id, "unknown");
    expect(await readCreation(id)).toMatchObject({ state: "unknown", attempts: 1, errorMessage: expect.any(String) });
    expect(scene.posts()).toHaveLength(1);
    await passTime(15_000);
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(scene.posts()).toHaveLength(2);
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G3] when the repository is renamed between the lost reply and the look, or before the call", async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "drop-reply" });
    const id = await start(scene);
    await workUntil(id, "unknown");
    await sandbox.rename("acme/checkout", "acme/shop");
    await passTime(1_000);
    await work();
    expect(await showCreation(scene.member, id)).toMatchObject({
      creation: { state: "created" },
      issue: { key: expect.stringMatching(/^acme\/shop#/) },
    });
    const other = await start(scene, { resultIds: [scene.results[1].resultId] });
    await work();
    expect((await showCreation(scene.member, other)).creation).toMatchObject({
      state: "created",
      warnings: [{ kind: "project_renamed" }],
    });
    expect(await scene.createdCount("acme/shop")).toBe(2);
  });

  it("[G3] when the list lags behind: the issue that shows up late is adopted", async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "drop-reply" });
    sandbox.faults.add({ method: "GET", path: "/issues\\?", mode: "status", status: 200, body: [], times: 2 });
    const id = await start(scene);
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(scene.posts()).toHaveLength(1);
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G3] when a process died while sending: the next one looks first", async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "drop-reply" });
    const id = await start(scene);
    await work();
    // As a process that was killed between the call and its reply leaves it.
    await prisma.issueLink.deleteMany({ where: { projectId: scene.projectId } });
    await prisma.issue.deleteMany({ where: { workspaceId: scene.admin.workspaceId } });
    await prisma.issueCreation.update({ where: { id }, data: { state: "failed", issueId: null } });
    await retryCreation(scene.member, id);
    await prisma.issueCreation.update({ where: { id }, data: { state: "sending" } });
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(scene.posts()).toHaveLength(1);
  });

  it("[G3] when two jobs work on it at once: one of them sends", async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "delay", delayMs: 300 });
    const id = await start(scene);
    const job = { runId: "run", attempt: 0, turnId: id };
    await Promise.allSettled([sendCreation(id, job), sendCreation(id, job), sendCreation(id, job)]);
    expect((await readCreation(id)).state).toBe("created");
    expect(scene.posts()).toHaveLength(1);
  });

  it("[G11] when its job has used up its repetitions: it waits for a person, who tries again, and then it is found", async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "drop-reply" });
    const id = await start(scene);
    await sendCreation(id, { runId: "run", attempt: 20, turnId: id }).catch(() => {});
    expect(await giveUpCreation(id, id, "")).toEqual({ state: "unknown" });
    expect(await readCreation(id)).toMatchObject({
      state: "unknown",
      retryAt: null,
      errorMessage: expect.stringContaining("acme/checkout"),
    });
    await retryCreation(scene.member, id);
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(scene.posts()).toHaveLength(1);
    // Where nothing was ever sent, it has simply failed.
    const other = await start(scene, { resultIds: [scene.results[1].resultId] });
    expect(await giveUpCreation(other, other, "")).toEqual({ state: "failed" });
  });

  it("[G3] when two people ask at once, and 20 times more: all join one creation", async () => {
    const asked = await Promise.all(
      Array.from({ length: 22 }, (_, i) => ask(scene, {}, i % 2 ? scene.owner : scene.member)),
    );
    expect(new Set(asked.map(({ creation }) => creation?.id)).size).toBe(1);
    expect(asked.filter(({ outcome }) => outcome === "started")).toHaveLength(1);
    await work();
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G3] when the same form is sent twice, before and after it was created", async () => {
    const [{ resultId }] = scene.results;
    const { id: draftId } = await getOrStartDraft(scene.member, { integrationId: scene.integrationId, resultId });
    const [first, second] = await Promise.all([ask(scene, { draftId }), ask(scene, { draftId })]);
    await work();
    const third = await ask(scene, { draftId, another: true });
    expect([second.creation?.id, third.creation?.id]).toEqual([first.creation?.id, first.creation?.id]);
    await work();
    expect(await scene.createdCount()).toBe(1);
  });

  it("[A4] from somebody else's form, or one that does not exist: nothing is started", async () => {
    const [{ resultId }] = scene.results;
    const { id: theirs } = await getOrStartDraft(scene.owner, { integrationId: scene.integrationId, resultId });
    for (const draftId of [theirs, newId(), "no-such-id"])
      await expect(ask(scene, { draftId })).rejects.toMatchObject({ kind: "not_found" });
    expect(await prisma.issueCreation.count({ where: { projectId: scene.projectId } })).toBe(0);
  });

  it("[G3] one of several results is under way: the others join it and are linked too", async () => {
    const extra = await makeResult(scene.admin, scene.run, "cancels");
    const id = await start(scene);
    const joined = await ask(scene, { resultIds: [extra.resultId, scene.results[0].resultId] }, scene.owner);
    expect(joined).toMatchObject({ outcome: "joined", creation: { id } });
    await work();
    expect(await scene.createdCount()).toBe(1);
    expect(await listIssues(scene.member, { resultId: extra.resultId })).toHaveLength(1);
  });

  it("[G3] afterwards one more is a choice of its own", async () => {
    await start(scene);
    await work();
    const again = await ask(scene);
    expect(again).toMatchObject({ outcome: "exists", issueIds: [expect.any(String)] });
    expect(await scene.createdCount()).toBe(1);
    expect(await ask(scene, { another: true })).toMatchObject({ outcome: "started" });
    await work();
    expect(await scene.createdCount()).toBe(2);
  });
});
