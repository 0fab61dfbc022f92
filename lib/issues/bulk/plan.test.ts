import { beforeAll, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import type { BulkInput } from "./inputs";
import { makeNight } from "./test-night";

let night: Awaited<ReturnType<typeof makeNight>>;
const counts = () =>
  Promise.all([
    prisma.bulkCreation.count(),
    prisma.bulkItem.count(),
    prisma.issueCreation.count(),
    prisma.auditEntry.count(),
    prisma.outbox.count(),
  ]);
const none = { existing: 0, underWay: 0, assessedAway: 0, flaky: 0 };

beforeAll(async () => {
  night = await makeNight(sandbox, [
    { error: "gateway", count: 5 },
    { error: "ledger", count: 3, status: "error" },
    { error: "mailer", count: 1 },
    { error: "clock", count: 2, status: "flaky" },
  ]);
});

describe("what would happen", () => {
  it("[G6] [J4] is counted for each mode without writing anything, flaky failures left out", async () => {
    const before = await counts();
    expect(await night.plan()).toMatchObject({
      failures: 11,
      problems: 4,
      filed: { failures: 9, problems: 3 },
      issues: { separate: 9, combined: 1, per_group: 3 },
      leftOut: { ...none, flaky: 2 },
      refusal: null,
      target: { key: "acme/checkout" },
    });
    const perGroup = await night.plan({ mode: "per_group" });
    expect(perGroup).toMatchObject({ filed: { failures: 9, problems: 3 }, leftOut: { ...none, flaky: 1 } });
    expect(await counts()).toEqual(before);
  });

  it("[G6] follows a selection by hand, by what a list shows, and across pages", async () => {
    const { groupOf, resultOf } = night;
    const by = async (selection: BulkInput["selection"]) => (await night.plan({ selection })).issues;
    expect(await by({ groupIds: [groupOf("ledger"), groupOf("mailer")] })).toEqual({
      separate: 4,
      combined: 1,
      per_group: 2,
    });
    expect(await by({ resultIds: [resultOf("ledger 1"), newId()] })).toMatchObject({ separate: 1 });
    expect(await by({ filter: { q: "GatewayError" } })).toMatchObject({ separate: 5, per_group: 1 });
    expect(await by({ filter: { only: "known" } })).toMatchObject({ separate: 0 });
    expect(await by({ filter: { status: "failed", q: "mailer 1" } })).toMatchObject({ separate: 1 });
    // Nobody's ids, malformed ones and those of another run name nothing.
    expect(await by({ groupIds: [newId(), "x"] })).toMatchObject({ separate: 0 });
  });

  it("[J4] [B7] what was chosen by hand is taken, flaky and muted as it is", async () => {
    const { groupOf, resultOf } = night;
    expect((await night.plan({ selection: { groupIds: [groupOf("clock")] } })).issues.separate).toBe(2);
    expect((await night.plan({ selection: { resultIds: [resultOf("clock 1")] } })).issues.separate).toBe(1);

    const muted = { id: groupOf("ledger") };
    await prisma.failureGroup.update({ where: muted, data: { assessment: "muted" } });
    expect(await night.plan()).toMatchObject({ issues: { separate: 6, per_group: 2 }, leftOut: { assessedAway: 3 } });
    expect((await night.plan({ selection: { groupIds: [muted.id] } })).issues.separate).toBe(3);
    // A risk that was accepted until yesterday counts again.
    const assessedUntil = new Date(Date.now() - 86_400_000);
    await prisma.failureGroup.update({ where: muted, data: { assessment: "risk_accepted", assessedUntil } });
    expect((await night.plan()).issues.separate).toBe(9);
    await prisma.failureGroup.update({ where: muted, data: { assessment: "active", assessedUntil: null } });

    const { caseId } = await prisma.testResult.findUniqueOrThrow({ where: { id: resultOf("mailer 1") } });
    await prisma.testCase.update({ where: { id: caseId }, data: { assessment: "false_positive" } });
    expect(await night.plan()).toMatchObject({ issues: { separate: 8, per_group: 2 }, leftOut: { assessedAway: 1 } });
    await prisma.testCase.update({ where: { id: caseId }, data: { assessment: "active" } });
  });

  it("[A4] another workspace's run, integration and repository are not found", async () => {
    const other = await makeNight(sandbox, [{ error: "gateway", count: 1 }]);
    await expect(night.plan({ runId: other.runId })).rejects.toMatchObject({ kind: "not_found" });
    await expect(night.plan({ integrationId: other.integrationId })).rejects.toMatchObject({ kind: "not_found" });
    await expect(night.plan({ externalProject: "acme/secret" })).rejects.toMatchObject({ kind: "not_found" });
    const theirs = { groupIds: [other.groupOf("gateway")] };
    expect((await night.plan({ selection: theirs })).failures).toBe(0);
  });
});
