// First: it says which address the product may call, before anything reads the environment.
import "./sandbox";
import { beforeEach, describe, expect, it } from "vitest";
import { runUntilIdle } from "@/inngest/embedded/testing";
import { functions } from "@/inngest/functions";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { sandbox } from "../vitest/sandbox";
import { giveBoard } from "./place-routes";
import { makeWorld, type World } from "./world";

type Row = {
  /** The event that starts it. */
  event: string;
  /** What the event says, for a thing of that world; every field of it is an id. */
  data: (things: World["own"]) => Record<string, string>;
  /** Before it is started, where a world has too little for it to do. */
  prepare?: (things: World["own"]) => Promise<unknown>;
  /** It works with our own rows alone, and asks no tracker. */
  callsNobody?: true;
  /** What it has done when it has worked. */
  done: (things: World["own"]) => Promise<unknown>;
};

/** The rule of that world finds its second failure. */
const ruleThatFinds: Pick<Row, "prepare" | "callsNobody" | "done"> = {
  prepare: async ({ ruleId, freeResultId: id }) => {
    await prisma.knownIssueRule.update({ where: { id: ruleId }, data: { pattern: "boom" } });
    await prisma.testResult.update({ where: { id }, data: { fingerprint: newId() } });
  },
  callsNobody: true,
  done: async ({ ruleId, issueId, freeResultId: resultId }) =>
    expect(await prisma.issueLink.findMany({ where: { ruleId } })).toMatchObject([{ issueId, resultId }]),
};

/** The reviewed table of jobs: what starts each. A function without a row fails the test. */
const jobs: Record<string, Row> = {
  "create-issue": {
    event: "issue/creation.requested",
    data: ({ workspaceId, integrationId, creationId }) => {
      return { workspaceId, integrationId, creationId, turnId: creationId };
    },
    done: async ({ creationId: id }) =>
      expect(await prisma.issueCreation.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "created" }),
  },
  "bulk-create": {
    event: "issue/bulk.requested",
    data: ({ workspaceId, bulkId }) => ({ workspaceId, bulkId }),
    done: async ({ bulkId }) => {
      expect(await prisma.bulkItem.findMany({ where: { bulkId, state: "waiting" } })).toEqual([]);
      expect(await prisma.issueCreation.findMany({ where: { bulkId } })).toMatchObject([{ state: "created" }]);
    },
  },
  "apply-known-issues": {
    event: "results/run.imported",
    data: ({ workspaceId, runId }) => ({ workspaceId, runId, fileId: runId }),
    ...ruleThatFinds,
  },
  "apply-rule-to-past": {
    event: "triage/known-issue-rule.saved",
    data: ({ workspaceId, ruleId }) => ({ workspaceId, ruleId }),
    ...ruleThatFinds,
  },
  "create-board-field": {
    event: "integration/board_field.requested",
    data: ({ workspaceId, externalProjectId }) => ({ workspaceId, externalProjectId, field: "priority" }),
    prepare: giveBoard,
    done: async () => {
      const board = sandbox.boards().find(({ title }) => title === "Release");
      expect(board?.fields.map(({ name }) => name)).toContain("Priority");
    },
  },
  "refresh-metadata": {
    event: "integration/metadata.stale",
    data: ({ workspaceId, cacheId }) => ({ workspaceId, cacheId }),
    done: async ({ cacheId: id }) => {
      const { fetchedAt, refreshingUntil } = await prisma.metadataCache.findUniqueOrThrow({ where: { id } });
      expect([Date.now() - fetchedAt.getTime() < 60_000, refreshingUntil]).toEqual([true, null]);
    },
  },
};

/** Jobs that no event of ours starts, and where it is tested whose rows they touch. */
const elsewhere: Record<string, string> = {
  "abandon-bulk":
    "lib/issues/bulk/abandon.test.ts: the engine says that a run ended, with the event that had started it",
  "abandon-creation": "lib/issues/turns.test.ts: the engine says that a run ended, with the event that had started it",
  "prune-calls": "lib/integrations/calls.test.ts: a clock starts it, for the whole installation",
  "sweep-attachments": "lib/attachments/sweep.test.ts: a clock starts it, for the whole installation",
  "sweep-bulks": "lib/issues/bulk/abandon.test.ts: a clock starts it, for the whole installation",
  "sweep-creations": "lib/issues/turns.test.ts: a clock starts it, for the whole installation",
  "upgrade-fingerprints": "lib/triage/upgrade.test.ts: a clock starts it, for the whole installation",
};

const emit = (name: string, data: Record<string, string>) => prisma.outbox.create({ data: { name, data } });

const contentOf = async (workspaceId: string) => ({
  creations: await prisma.issueCreation.findMany({ where: { workspaceId } }),
  issues: await prisma.issue.findMany({ where: { workspaceId } }),
  links: await prisma.issueLink.findMany({ where: { workspaceId } }),
  bulkItems: await prisma.bulkItem.findMany({ where: { bulk: { workspaceId } } }),
  calls: await prisma.outboundCall.count({ where: { workspaceId } }),
});

it("[A4] has a row for every job and no other", () => {
  expect(functions.map((one) => one.id()).sort()).toEqual([...Object.keys(jobs), ...Object.keys(elsewhere)].sort());
});

describe.each(Object.entries(jobs))("%s", (_, { event, data, prepare, callsNobody = false, done }) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld();
  });

  it("[A4] does nothing for an id that does not exist or is malformed", async () => {
    const before = await contentOf(world.own.workspaceId);
    const remote = await sandbox.issues("acme/checkout");
    for (const wrong of [newId(), "no-such-id", "' or 1=1 --"]) {
      const wrongData = Object.fromEntries(Object.keys(data(world.own)).map((name) => [name, wrong]));
      await emit(event, wrongData);
    }
    await runUntilIdle(functions);
    expect(await contentOf(world.own.workspaceId)).toEqual(before);
    expect(await sandbox.issues("acme/checkout")).toEqual(remote);
  });

  it("[A4] works in the workspace of the row that it is told of, and touches no other", async () => {
    const { own, foreign } = world;
    await prisma.issueCreation.updateMany({ where: { id: { in: [own.creationId] } }, data: { state: "queued" } });
    for (const things of [own, foreign]) await prepare?.(things);
    const before = await contentOf(foreign.workspaceId);
    await emit(event, data(own));
    await runUntilIdle(functions);
    await done(own);
    expect(await contentOf(foreign.workspaceId)).toEqual(before);
    const calls = await prisma.outboundCall.findMany({ where: { workspaceId: own.workspaceId } });
    expect(calls.length === 0).toBe(callsNobody);
    for (const call of calls) expect(call.integrationId).toBe(own.integrationId);
  });
});
