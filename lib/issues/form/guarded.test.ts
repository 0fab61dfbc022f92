import { beforeEach, describe, expect, it } from "vitest";
import { jira } from "@/e2e/vitest/jira";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { listRepositories } from "@/lib/integrations/list-repositories";
import { lookUpIssue } from "../look-up";
import { makeTrackerScene } from "../test-trackers";
import { searchLabels, searchOptions } from "./options";
import { getReporterForm } from "./reporter-field";
import { getTrackerForm } from "./tracker-form";

type Scene = Awaited<ReturnType<typeof makeTrackerScene>>;
let scene: Scene;
beforeEach(async () => {
  scene = await makeTrackerScene(jira, "jira-cloud", "PAY");
});

const at = () => ({ integrationId: scene.integrationId });

describe("a type that a member makes up", () => {
  it.each(["..", "../../OPS/issuetypes/1", "10001?x=", "999999", "Bug"])(
    "[H1] [K2] %s gets neither to the tracker nor into what is kept of it",
    async (typeId) => {
      await getTrackerForm(scene.member, at());
      const [calls, kept] = [scene.calls().length, await prisma.metadataCache.count()];
      const refused = { kind: "invalid_input", fields: { type: expect.stringContaining("no type") } };
      const form = { ...at(), typeId };
      await expect(searchOptions(scene.member, { ...form, field: "assignee" }, { q: "" })).rejects.toMatchObject(
        refused,
      );
      await expect(getReporterForm(scene.member, form)).rejects.toMatchObject(refused);
      // The form shows the usual one instead of one that is gone.
      await getTrackerForm(scene.member, { ...form, typeId: "999999" });
      expect(scene.calls()).toHaveLength(calls);
      expect(await prisma.metadataCache.count()).toBe(kept);
    },
  );
});

describe("reading a tracker that others use too", () => {
  /** So many times within this minute and the next. */
  const hasAsked = async ({ userId }: Member, what: string, count: number) => {
    const minute = Math.floor(Date.now() / 60_000) * 60_000;
    const data = [minute, minute + 60_000].map((startsAt) => ({
      ...{ key: `${what}:${userId}`, count, startsAt: new Date(startsAt) },
      expiresAt: new Date(startsAt + 60_000),
    }));
    await prisma.attemptWindow.deleteMany();
    await prisma.attemptWindow.createMany({ data });
  };

  it("[K4] is limited per person, whichever way it is done, and nobody else is held up", async () => {
    const { member, owner } = scene;
    await getTrackerForm(member, at());
    await hasAsked(member, "options", 240);
    const limited = { kind: "rate_limited" };
    const calls = scene.calls().length;
    await expect(getTrackerForm(member, at())).rejects.toMatchObject(limited);
    await expect(getReporterForm(member, at())).rejects.toMatchObject(limited);
    await expect(searchLabels(member, at(), { q: "" })).rejects.toMatchObject(limited);
    await expect(lookUpIssue(member, scene.integrationId, "PAY-1")).rejects.toMatchObject(limited);
    expect(scene.calls()).toHaveLength(calls);
    await getTrackerForm(owner, at());
  });

  it("[K4] is limited more where each question is a list of everything", async () => {
    await listRepositories(scene.owner, scene.assignmentId);
    await hasAsked(scene.owner, "listing", 60);
    await expect(listRepositories(scene.owner, scene.assignmentId)).rejects.toMatchObject({ kind: "rate_limited" });
  });
});
