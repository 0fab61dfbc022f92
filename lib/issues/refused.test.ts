import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { getOrStartDraft } from "./drafts";
import { listCreations } from "./list-creations";
import { listIssues } from "./list-issues";
import { previewDraft } from "./preview";
import { retryCreation } from "./retry-creation";
import { showCreation } from "./show-creation";
import {
  ask,
  type FreshScene,
  makeFreshScene,
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

describe("a refusal", () => {
  it.each([
    [
      "422",
      {
        status: 422,
        body: { message: "Validation Failed", errors: [{ resource: "Issue", field: "title", code: "invalid" }] },
      },
      "failed",
    ],
    ["410", { status: 410, body: { message: "Issues has been disabled in this repository." } }, "failed"],
    ["403", { status: 403, body: { message: "Resource not accessible by personal access token" } }, "failed"],
    ["401", { status: 401, body: { message: "Bad credentials" } }, "held"],
  ] as const)(
    "[G11] %s is shown in words, keeps the draft and offers the tracker's own form",
    async (_, fault, state) => {
      const [{ resultId }] = scene.results;
      const { id: draftId } = await getOrStartDraft(scene.member, { integrationId: scene.integrationId, resultId });
      sandbox.faults.add({ method: "POST", path: "/issues$", mode: "status", ...fault });
      const id = await start(scene, { draftId });
      await work();
      const { creation } = await showCreation(scene.member, id);
      expect(creation.state).toBe(state);
      expect(creation.error?.message).toMatch(/\w{4,}/);
      // What is held goes on by itself: letting go of it comes first (by-hand.test.ts).
      if (state === "failed") expect(creation.newIssueUrl).toContain("/acme/checkout/issues/new?");
      expect(await prisma.draft.count({ where: { id: draftId } })).toBe(1);
      expect(await scene.createdCount()).toBe(0);
      expect(await listCreations(scene.member, { resultId })).toMatchObject([{ id, state }]);
    },
  );

  it("[G11] sent once more after an edit, it is the same creation with the new text", async () => {
    const [{ resultId }] = scene.results;
    const { id: draftId } = await getOrStartDraft(scene.member, { integrationId: scene.integrationId, resultId });
    sandbox.faults.add({
      method: "POST",
      path: "/issues$",
      mode: "status",
      status: 422,
      body: { message: "Validation Failed" },
    });
    const id = await start(scene, { draftId });
    await work();
    const again = await ask(scene, { draftId, title: "A better title" });
    expect(again).toMatchObject({ creation: { id, state: "queued" } });
    await work();
    const { issue } = await showCreation(scene.member, id);
    expect(issue?.title).toBe("A better title");
    expect(await scene.createdCount()).toBe(1);
  });

  it.each([
    ["a refused credential", { status: 401 }, "held"],
    ["a missing permission", { status: 403 }, "failed"],
    ["a refusal of its values", { status: 422 }, "failed"],
    ["a repository without issues", { status: 410 }, "failed"],
  ] as const)("[G11] edited after %s, it is sent with the new text once that is mended", async (_, fault, state) => {
    const [{ resultId }] = scene.results;
    const { id: draftId } = await getOrStartDraft(scene.member, { integrationId: scene.integrationId, resultId });
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "status", ...fault, body: { message: "no" } });
    const id = await start(scene, { draftId });
    await work();
    const { creation } = await showCreation(scene.member, id);
    expect(creation).toMatchObject({ state, draft: { resultId } });
    expect(creation.whyNoEdit).toBeUndefined();
    await prisma.connection.updateMany({ data: { status: "active" } });
    expect(await ask(scene, { draftId, title: "Edited" })).toMatchObject({ creation: { id, state: "queued" } });
    await work();
    expect((await showCreation(scene.member, id)).issue?.title).toBe("Edited");
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G11] that cannot be edited says why: another's, sent without a form, or perhaps there already", async () => {
    const [{ resultId }, other] = scene.results;
    const refuse = () =>
      sandbox.faults.add({ method: "POST", path: "/issues$", mode: "status", status: 401, body: { message: "no" } });
    const shown = async (id: string, who = scene.member) => (await showCreation(who, id)).creation;
    const { id: draftId } = await getOrStartDraft(scene.member, { integrationId: scene.integrationId, resultId });
    refuse();
    const id = await start(scene, { draftId });
    await work();
    expect(await shown(id, scene.owner)).toMatchObject({ state: "held", whyNoEdit: "not_yours" });
    // A look that cannot be made holds it too, and then the earlier text may be there.
    await prisma.issueCreation.update({ where: { id }, data: { sentAt: new Date() } });
    expect(await shown(id)).toMatchObject({ state: "held", whyNoEdit: "may_be_there" });
    expect((await shown(id)).draft).toBeUndefined();

    await prisma.connection.updateMany({ data: { status: "active" } });
    refuse();
    const byApi = await start(scene, { resultIds: [other.resultId] });
    await work();
    expect(await shown(byApi)).toMatchObject({ state: "held", whyNoEdit: "no_form" });
    await prisma.issueCreation.update({ where: { id: byApi }, data: { state: "queued" } });
    expect((await shown(byApi)).whyNoEdit).toBeUndefined();
  });

  it("[G11] refused after a call that nobody knew the end of, it can still be edited and sent", async () => {
    const [{ resultId }] = scene.results;
    const { id: draftId } = await getOrStartDraft(scene.member, { integrationId: scene.integrationId, resultId });
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "reset" });
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "status", status: 422, body: { message: "no" } });
    const id = await start(scene, { draftId });
    await workUntil(id, "unknown");
    await passTime(15_000);
    await work();
    expect((await readCreation(id)).state).toBe("failed");
    await ask(scene, { draftId, title: "Edited" });
    await work();
    expect((await showCreation(scene.member, id)).issue?.title).toBe("Edited");
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G11] failed, it leaves its results to others", async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "status", status: 422, body: { message: "no" } });
    const id = await start(scene);
    await work();
    const other = await ask(scene, {}, scene.owner);
    expect(other.outcome).toBe("started");
    // Trying the first one again would make two: what the other has started is answered instead.
    expect(await retryCreation(scene.member, id)).toMatchObject({
      outcome: "joined",
      creation: { id: other.creation?.id },
    });
    await work();
    expect(await retryCreation(scene.member, id)).toMatchObject({ outcome: "exists" });
    expect(await listCreations(scene.member, { resultId: scene.results[0].resultId })).toEqual([]);
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G11] a rate limit is waited for until the time that the tracker names, and then it goes on by itself", async () => {
    sandbox.faults.add({
      method: "POST",
      path: "/issues$",
      mode: "status",
      status: 429,
      headers: { "retry-after": "60" },
      body: { message: "slow down" },
    });
    const id = await start(scene);
    await workUntil(id, "held");
    const { creation } = await showCreation(scene.member, id);
    expect(creation).toMatchObject({ state: "held", error: { kind: "tracker_rate_limited" } });
    const waitMs = Date.parse(creation.error?.retryAt ?? "") - Date.now();
    expect(waitMs).toBeGreaterThan(50_000);
    expect(waitMs).toBeLessThanOrEqual(61_000);
    // The state is there a moment before the job has noted when it goes on.
    await work();
    await passTime(61_000);
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(scene.posts()).toHaveLength(2);
  });

  it("[G11] a tracker that is not there is tried again later", async () => {
    const { integrationId } = scene;
    const { baseUrl } = await prisma.integration.findUniqueOrThrow({ where: { id: integrationId } });
    // Nothing listens there; the allow-list names hosts with their port, so the sandbox's address stays the only one.
    await prisma.integration.update({ where: { id: integrationId }, data: { baseUrl: "http://tracker.invalid" } });
    const id = await start(scene);
    await workUntil(id, "held");
    expect(await readCreation(id)).toMatchObject({ state: "held", sentAt: null, retryAt: expect.any(Date) });
    await prisma.integration.update({ where: { id: integrationId }, data: { baseUrl } });
    await passTime(20_000);
    await work();
    expect((await readCreation(id)).state).toBe("created");
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G11] a disabled integration holds it until somebody tries again", async () => {
    const { integrationId } = scene;
    const id = await start(scene);
    await prisma.integration.update({ where: { id: integrationId }, data: { status: "disabled" } });
    await work();
    expect(await readCreation(id)).toMatchObject({ state: "held", retryAt: null });
    await prisma.integration.update({ where: { id: integrationId }, data: { status: "active" } });
    await retryCreation(scene.member, id);
    await work();
    expect((await readCreation(id)).state).toBe("created");
  });

  it("[G11] a repository that was taken away in the meantime gets nothing", async () => {
    const id = await start(scene);
    await prisma.externalProject.deleteMany({ where: { assignmentId: scene.assignmentId } });
    await work();
    expect((await readCreation(id)).state).toBe("failed");
    expect(scene.posts()).toHaveLength(0);
  });
});

describe("what is not theirs", () => {
  const kindOf = (promise: Promise<unknown>) =>
    promise.then(
      () => "no error",
      (error) => (error instanceof AppError ? `${error.kind}: ${error.message}` : String(error)),
    );

  it("[A4] a foreign, absent or malformed result, integration or repository: not found, each in the same words", async () => {
    const other = await makeScene(sandbox.github);
    const missing = "0199a000-0000-7000-8000-000000000000";
    const results = [other.results[0].resultId, missing, "nonsense"];
    const byResult = await Promise.all(results.map((id) => kindOf(ask(scene, { resultIds: [id] }))));
    expect(new Set(byResult)).toEqual(new Set([expect.stringContaining("not_found")]));
    const integrations = [other.integrationId, missing, "nonsense"];
    const byIntegration = await Promise.all(integrations.map((integrationId) => kindOf(ask(scene, { integrationId }))));
    expect(new Set(byIntegration)).toEqual(new Set([expect.stringContaining("not_found")]));
    const repositories = ["acme/payments", "acme/no-such", missing];
    const byRepository = await Promise.all(
      repositories.map((externalProject) => kindOf(ask(scene, { externalProject }))),
    );
    expect(new Set(byRepository)).toEqual(new Set([expect.stringContaining("not_found")]));
    expect(byRepository[0]).toBe(byRepository[1]);
  });

  it("[A4] another project's creation, and somebody else's draft, are not found", async () => {
    const id = await start(scene);
    const other = await makeScene(sandbox.github);
    expect(await kindOf(showCreation(other.member, id))).toContain("not_found");
    expect(await kindOf(retryCreation(other.member, id))).toContain("not_found");
    const place = { integrationId: scene.integrationId, resultId: scene.results[1].resultId };
    const { id: draftId } = await getOrStartDraft(scene.member, place);
    expect(await kindOf(previewDraft(scene.owner, draftId))).toContain("not_found");
    expect(await kindOf(ask(scene, { draftId, resultIds: [place.resultId] }, scene.owner))).toContain("not_found");
  });

  it("[A4] an issue is seen through this project's links alone", async () => {
    await start(scene);
    await work();
    const other = await makeScene(sandbox.github);
    expect(await listIssues(other.member, { resultId: scene.results[0].resultId })).toEqual([]);
    expect(await listIssues(other.member, { runId: scene.run.runId })).toEqual([]);
  });
});
