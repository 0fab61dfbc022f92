import { beforeEach, describe, expect, it } from "vitest";
import { jira } from "@/e2e/vitest/jira";
import { runUntilIdle } from "@/inngest/embedded/testing";
import { bulkCreate } from "@/inngest/functions/bulk-create";
import { createIssue } from "@/inngest/functions/create-issue";
import { prisma } from "@/lib/db/client";
import { searchOptions } from "../form/options";
import { getTrackerForm } from "../form/tracker-form";
import { makeTrackerScene } from "../test-trackers";
import { planBulk } from "./plan";
import { startBulk } from "./start";

type Scene = Awaited<ReturnType<typeof makeTrackerScene>>;
let scene: Scene;
beforeEach(async () => {
  scene = await makeTrackerScene(jira, "jira-cloud", "PAY");
});

const input = (change: object = {}) => ({
  ...{ runId: scene.run.runId, integrationId: scene.integrationId, mode: "separate" as const, selection: null },
  ...change,
});

describe("many issues where the tracker asks for more than a text", () => {
  it("[G6] [G2] the plan says what is lacking, and nothing is begun without it", async () => {
    const plan = await planBulk(scene.member, input({ type: "Bug" }));
    expect(plan.fieldErrors).toMatchObject({ customfield_10040: "Environment found is required." });
    await expect(startBulk(scene.member, input({ type: "Bug" }))).rejects.toMatchObject({
      kind: "invalid_input",
      fields: { customfield_10042: "Found on is required." },
    });
    expect(await prisma.bulkCreation.count({ where: { projectId: scene.projectId } })).toBe(0);
  });

  it("[G6] [G2] values given once count for all of them", async () => {
    const at = { integrationId: scene.integrationId };
    const { types } = await getTrackerForm(scene.member, at);
    const typeId = types?.find(({ name }) => name === "Bug")?.id ?? "";
    const owner = await searchOptions(scene.member, { ...at, typeId, field: "customfield_10041" }, { q: "" });
    const fields = { customfield_10040: "10101", customfield_10041: owner.items[0], customfield_10042: "2026-11-19" };
    const asked = input({ type: typeId, fields });
    expect((await planBulk(scene.member, asked)).fieldErrors).toEqual({});
    const { total } = await startBulk(scene.member, asked);
    expect(total).toBe(2);
    await runUntilIdle([bulkCreate, createIssue]);
    const made = (await jira.issues("PAY")).filter(({ fields }) => fields.customfield_10042 === "2026-11-19");
    expect(made).toHaveLength(2);
    expect(made.every(({ type, files }) => type === "Bug" && files.length === 0)).toBe(true);
  });

  it("[G6] a tracker that is away keeps nobody from asking", async () => {
    jira.faults.add({ path: "/rest", mode: "status", status: 503, times: 100 });
    expect((await planBulk(scene.member, input())).fieldErrors).toEqual({});
    expect((await startBulk(scene.member, input())).total).toBe(2);
  });
});
