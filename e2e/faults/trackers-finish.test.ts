import { beforeEach, describe, expect, it, vi } from "vitest";
import { asksPeople, everyLag, type Filing, filings } from "@/e2e/faults/trackers";
import { azure } from "@/e2e/vitest/trackers";
import { creationRequested } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { inPieces } from "@/lib/attachments/testing";
import { uploadAttachment } from "@/lib/attachments/upload";
import { prisma, transaction } from "@/lib/db/client";
import { decideCreation } from "@/lib/issues/decide-creation";
import { getOrStartDraft } from "@/lib/issues/drafts";
import { listIssues } from "@/lib/issues/list-issues";
import { showCreation } from "@/lib/issues/show-creation";
import { readCreation, start, work, workUntil } from "@/lib/issues/test-scene";
import { makeTrackerScene } from "@/lib/issues/test-trackers";
import { takeOver } from "./kill/take-over";
import { passTime } from "./time";

vi.hoisted(() => {
  process.env.FAULTLINE_WRITE_PAUSE_MS = "0";
});

type Scene = Awaited<ReturnType<typeof makeTrackerScene>>;

describe.each(filings)("$provider", (filing: Filing) => {
  const { provider, on, key, type, create } = filing;
  const title = "Payment times out";
  let scene: Scene;
  beforeEach(async () => {
    scene = await makeTrackerScene(on, provider, key);
  });
  const made = async () => (await on.issues(key)).filter((issue) => issue.title === title);
  const posts = () => scene.calls().filter(({ method, path }) => method === "POST" && RegExp(create.path).test(path));
  const file = (more: object = {}) => start(scene, { title, ...(type && { type }), ...more });
  const shown = (id: string) => showCreation(scene.member, id);

  /** A creation with a log beside it. */
  async function fileWithLog(): Promise<string> {
    const place = { integrationId: scene.integrationId, resultId: scene.results[0].resultId };
    const { id: draftId } = await getOrStartDraft(scene.member, place);
    const log = { name: "run.log", owner: { draftId }, body: inPieces(Buffer.from("one line\n")) };
    const { id: attachmentId } = await uploadAttachment(scene.member, log);
    await prisma.externalProject.updateMany({
      where: { assignmentId: scene.assignmentId },
      data: { uploadsFiles: true },
    });
    return file({ draftId, attached: [attachmentId] });
  }

  /** The issue as it is there, with its links and files; who writes again what is there changes it as well. */
  const whole = async () => {
    const issues = await (filing.whole?.() ?? on.issues(key));
    const ours = issues.map((issue) => JSON.stringify(issue)).filter((text) => text.includes(title));
    expect(ours).toHaveLength(1);
    return ours[0];
  };

  it("[G3] [G7] [G8] what comes after the issue, repeated since its end was not stored, changes nothing more", async () => {
    const id = await fileWithLog();
    await work();
    expect((await shown(id)).creation).toMatchObject({ state: "created", warnings: [] });
    const before = await whole();
    // As a process leaves it that was killed between the last call and the end of its transaction.
    await prisma.issueCreation.update({ where: { id }, data: { finishedAt: null } });
    await again(id);
    expect((await shown(id)).creation).toMatchObject({ state: "created", warnings: [] });
    expect((await readCreation(id)).finishedAt).not.toBeNull();
    expect(await whole()).toBe(before);
    expect(await made()).toHaveLength(1);
    expect(posts()).toHaveLength(1);
  });

  it("[G3] [G8] a file whose call had left when the process died is not sent twice, and that is said", async () => {
    const id = await fileWithLog();
    await work();
    const before = await whole();
    const { count } = await prisma.issueFile.updateMany({
      where: { creationId: id },
      data: { remoteId: null, url: null },
    });
    // GitHub takes no files: its text links to them.
    expect(count).toBe(provider === "github" ? 0 : 1);
    await prisma.issueCreation.update({ where: { id }, data: { finishedAt: null } });
    await again(id);
    expect(await whole()).toBe(before);
    const { warnings } = (await shown(id)).creation;
    // Where files are there before the issue, its text was sent with them, and nothing is in doubt.
    expect(warnings.map(({ kind }) => kind)).toEqual(["github", "gitlab"].includes(provider) ? [] : ["files_in_doubt"]);
  });

  /** Another job for a creation whose issue is there. */
  async function again(id: string): Promise<void> {
    const { workspaceId, integrationId, turnId } = await readCreation(id);
    const asked = { workspaceId, integrationId, creationId: id, turnId };
    await transaction((tx) => send(tx, creationRequested.create(asked)));
    await work();
  }

  if (asksPeople(filing)) {
    /** The reply is lost, and no look finds the issue. */
    async function undecided(mode: "drop-reply" | "reset") {
      on.faults.add({ ...create, mode });
      on.lag.set({ searchSeconds: 3_600 });
      const id = await file();
      await workUntil(id, "unknown");
      const { creation } = await shown(id);
      expect(creation).toMatchObject({ isUndecided: false, knownBy: expect.any(String) });
      for (let passed = 0; !(await shown(id)).creation.isUndecided; passed += 15) {
        expect(passed).toBeLessThan(180);
        await passTime(everyLag, 15_000);
        await work();
      }
      const { state, error } = (await shown(id)).creation;
      expect(state).toBe("unknown");
      expect(error).toMatchObject({ message: expect.stringContaining(`Look in ${key}`) });
      return id;
    }

    it("[G3] what no look finds is left to a person, who pastes its key: it is linked, and nothing is sent", async () => {
      const id = await undecided("drop-reply");
      const [issue] = await made();
      expect(issue).toBeDefined();
      const ref = issue?.url.split("/").at(-1) ?? "";
      expect(ref).toMatch(/^PAY-\d+$/);
      expect(await decideCreation(scene.member, id, { found: true, ref })).toMatchObject({ state: "created" });
      await work();
      expect((await listIssues(scene.member, { resultId: scene.results[0].resultId })).map((one) => one.key)).toEqual([
        ref,
      ]);
      expect(await made()).toHaveLength(1);
      expect(posts()).toHaveLength(1);
      expect((await readCreation(id)).finishedAt).not.toBeNull();
      expect((await shown(id)).creation.warnings).toEqual([]);
      expect(await whole()).toContain("Faultline: pays in run");
    });

    it("[G3] who says that it is not there: it is sent once more", async () => {
      const id = await undecided("reset");
      expect(await made()).toEqual([]);
      await decideCreation(scene.member, id, { found: false });
      await work();
      expect((await shown(id)).creation).toMatchObject({ state: "created", warnings: [] });
      expect(await made()).toHaveLength(1);
      expect(posts()).toHaveLength(2);
    });

    it("[G3] who says so although it is there, and can be found by now: it is taken", async () => {
      const id = await undecided("drop-reply");
      on.lag.clear();
      await decideCreation(scene.member, id, { found: false });
      await work();
      expect((await shown(id)).creation.state).toBe("created");
      expect(await made()).toHaveLength(1);
      expect(posts()).toHaveLength(1);
    });

    it.each([
      { mode: "status", status: 500 },
      { mode: "status", status: 404 },
      { mode: "status", status: 429, headers: { "retry-after": "30" } },
      { mode: "reset" },
      { mode: "truncate" },
      { mode: "html" },
    ] as const)(
      "[G3] the answer names the issue and cannot be read back ($mode $status): it is there, once",
      async (fault) => {
        on.faults.add({ method: "GET", path: "/issue/\\d+(\\?|$)", ...fault });
        const id = await file();
        await takeOver(everyLag, [id]);
        const { creation, issue } = await shown(id);
        expect(creation).toMatchObject({ state: "created", warnings: [] });
        expect(issue).toMatchObject({ key: expect.stringMatching(/^PAY-\d+$/) });
        expect(await made()).toHaveLength(1);
        expect(posts()).toHaveLength(1);
        expect(await listIssues(scene.member, { resultId: scene.results[0].resultId })).toHaveLength(1);
      },
    );
  }
});

describe("the tag that Azure DevOps finds an issue by", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await makeTrackerScene(azure, "azure-devops", "Webshop");
  });
  const tags = async () =>
    (await azure.issues("Webshop")).filter(({ title }) => title === "Payment times out").map(({ labels }) => labels);

  it("[G3] stays where it cannot be removed; that is said, and the issue is not touched again", async () => {
    azure.faults.add({
      method: "PATCH",
      path: "/workItems/\\d+",
      sent: "System.Tags",
      mode: "status",
      status: 403,
      times: "always",
    });
    const id = await start(scene, { type: "Task" });
    await work();
    const { creation } = await showCreation(scene.member, id);
    expect(creation).toMatchObject({ state: "created", warnings: [{ kind: "marker_left" }] });
    expect(await tags()).toEqual([expect.arrayContaining([`faultline-${id}`])]);
    const [issue] = await listIssues(scene.member, { resultId: scene.results[0].resultId });
    // People know nothing of it as a label.
    expect(JSON.stringify(issue?.labels)).not.toContain(id);
  });

  it("[G3] whose removal got no answer: it is looked at again, and nothing is said of it", async () => {
    azure.faults.add({ method: "PATCH", path: "/workItems/\\d+", sent: "System.Tags", mode: "drop-reply" });
    const id = await start(scene, { type: "Task" });
    await work();
    expect(await tags()).toEqual([expect.not.arrayContaining([`faultline-${id}`])]);
    expect((await showCreation(scene.member, id)).creation).toMatchObject({ state: "created", warnings: [] });
  });
});
