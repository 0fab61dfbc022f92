import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { importResults } from "@/lib/results/import";
import type { Keep } from "./algorithm";
import { assessGroups } from "./assess";
import { mergeGroups } from "./merge";
import { refineGroup } from "./refine";
import { splitGroup } from "./split";
import { checkGroups } from "./testing/check-groups";
import { type Failing, junitOf, linkNewIssue, makeTriageScene, type TriageScene } from "./testing/scene";
import { readStored, withoutLed } from "./testing/stored";
import { undoChange } from "./undo";

const texts = [
  (value: number) => ({ type: "GatewayError", message: `gateway did not answer within ${value} ms` }),
  (value: number) => ({ type: "GatewayError", message: `gateway ${value} did not answer within 3 ms at last` }),
  (value: number) => ({ type: "StockError", message: `no warehouse has article ${value} in stock any more` }),
  (value: number) => ({ type: "LoginError", message: "password refused", stack: `at a.B.c${value}(B.java:3)` }),
];

const test = fc.record({
  name: fc.integer({ min: 0, max: 7 }).map((index) => `test ${index}`),
  suite: fc.constantFrom("checkout", "billing"),
  text: fc.nat(texts.length - 1),
  value: fc.integer({ min: 1, max: 3 }),
  status: fc.constantFrom("failed", "failed", "error", "flaky", "passed") as fc.Arbitrary<
    NonNullable<Failing["status"]>
  >,
  severity: fc.option(fc.constantFrom("low", "high", "blocker"), { nil: undefined, freq: 4 }),
});
const file = fc.record({
  kind: fc.constant("import" as const),
  run: fc.constantFrom("a", "b", "c", undefined),
  environment: fc.constantFrom("", "firefox"),
  attempt: fc.integer({ min: 1, max: 2 }),
  tests: fc.array(test, { minLength: 1, maxLength: 8 }),
});
const keeps: Keep[] = [{ kind: "value", index: 0 }, { kind: "case" }, { kind: "suite" }, { kind: "frame", depth: 0 }];
const which = fc.nat(1_000);
const severities = ["low", "critical", null] as const;
const assessments = ["active", "muted", "false_positive"] as const;
const step = fc.oneof(
  { arbitrary: file, weight: 5 },
  { arbitrary: fc.record({ kind: fc.constant("merge" as const), one: which, other: which }), weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant("split" as const), one: which, other: which }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant("refine" as const), one: which, other: which }), weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant("undo" as const), one: which, other: which }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant("assess" as const), one: which, other: which }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant("link" as const), one: which, other: which }), weight: 1 },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const pick = <T>(all: readonly T[], index: number): T | undefined => all[index % Math.max(1, all.length)];

async function take(scene: TriageScene, asked: Step): Promise<unknown> {
  const { member, projectId } = scene;
  if (asked.kind === "import") {
    const { run, environment, attempt, tests } = asked;
    const bytes = new TextEncoder().encode(
      junitOf(
        tests.map(({ text, value, severity, ...rest }) => ({
          ...{ ...rest, ...(texts[text] ?? texts[0])?.(value) },
          message: texts[text]?.(value).message ?? "",
          ...(severity && { properties: { severity } }),
        })),
      ),
    );
    return importResults(
      scene.owner,
      (async function* () {
        yield bytes;
      })(),
      { run, environment, attempt },
    );
  }
  const groups = await prisma.failureGroup.findMany({
    where: { projectId, mergedIntoId: null },
    orderBy: { id: "asc" },
    select: { id: true, fingerprints: { select: { hash: true }, orderBy: { hash: "asc" } } },
  });
  const [one, other] = [pick(groups, asked.one), pick(groups, asked.other)];
  if (!one || !other) return undefined;
  if (asked.kind === "merge") return mergeGroups(member, { into: one.id, groupIds: [other.id] });
  if (asked.kind === "split") {
    const { hash } = pick(one.fingerprints, asked.other) ?? {};
    return hash && splitGroup(member, one.id, [hash]);
  }
  if (asked.kind === "refine") {
    const { hash } = pick(one.fingerprints, asked.other) ?? {};
    const keep = pick(keeps, asked.other);
    return hash && keep && refineGroup(member, one.id, { hash, keep });
  }
  if (asked.kind === "assess") {
    const severity = pick(severities, asked.one);
    return assessGroups(member, {
      groupIds: [...new Set([one.id, other.id])],
      ...{ severity, assessment: pick(assessments, asked.other), until: undefined, reason: undefined },
    });
  }
  if (asked.kind === "link") {
    const result = await prisma.testResult.findFirst({
      where: { projectId, fingerprint: { in: one.fingerprints.map(({ hash }) => hash) } },
      select: { id: true },
    });
    return linkNewIssue(scene, one.id, result?.id ?? null, asked.other % 2 === 0);
  }
  const changes = await prisma.groupChange.findMany({ where: { projectId }, orderBy: { createdAt: "desc" }, take: 4 });
  const change = pick(changes, asked.other);
  return change && undoChange(member, change.id);
}

// Each of them is a dozen transactions and more; FAULTLINE_FUZZ_RUNS asks for many.
const numRuns = Number(process.env.FAULTLINE_FUZZ_RUNS ?? 6);

/** Refusals are answers; anything else is a defect. */
const refusals = new Set(["conflict", "not_found", "invalid_input"]);

async function takeAll(scene: TriageScene, steps: readonly Step[]): Promise<number> {
  const outcomes = await Promise.allSettled(steps.map((one) => take(scene, one)));
  for (const outcome of outcomes)
    if (outcome.status === "rejected" && !(outcome.reason instanceof AppError && refusals.has(outcome.reason.kind)))
      throw outcome.reason;
  return outcomes.filter(({ status }) => status === "fulfilled").length;
}

describe("whatever is imported, merged, split, undone and assessed, in whichever order", () => {
  it("[J1] [B7] counts, groups, links and histories are what the results say", { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 20 }), async (steps) => {
        const scene = await makeTriageScene();
        for (const one of steps) {
          await takeAll(scene, [one]);
          await checkGroups(scene.projectId);
        }
      }),
      { numRuns, interruptAfterTimeLimit: 250_000, endOnFailure: true },
    );
  });

  it("[J1] so they are when all of it happens at once, and two projects share nothing", {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { maxLength: 5 }), async (rounds) => {
        const [scene, other] = [await makeTriageScene(), await makeTriageScene()];
        for (const round of [fc.sample(file, { numRuns: 2, seed: 1 }), ...rounds]) {
          const [, before] = [await takeAll(other, round.slice(0, 1)), await readStored(other.projectId)];
          // By the fixture, which holds no group while it links.
          await takeAll(
            scene,
            round.filter(({ kind }) => kind === "link"),
          );
          await takeAll(
            scene,
            round.filter(({ kind }) => kind !== "link"),
          );
          await checkGroups(scene.projectId);
          expect(await readStored(other.projectId)).toEqual(before);
        }
      }),
      { numRuns, interruptAfterTimeLimit: 250_000, endOnFailure: true },
    );
  });

  it("[J1] all that people have changed is as it was once they have put it back", { timeout: 300_000 }, async () => {
    // Runs of one file each: where a later attempt takes a problem out of its first run, that run was its first for as
    // long as nobody changes the group.
    const files = fc.array(
      file.map((one) => ({ ...one, run: undefined })),
      { minLength: 1, maxLength: 5 },
    );
    const links = fc.array(step, { maxLength: 20 }).map((steps) => steps.filter(({ kind }) => kind === "link"));
    const changes = fc
      .array(step, { minLength: 4, maxLength: 30 })
      .map((steps) => steps.filter(({ kind }) => kind === "merge" || kind === "split" || kind === "refine"));
    await fc.assert(
      fc.asyncProperty(files, links, changes, async (imports, linked, changed) => {
        const scene = await makeTriageScene();
        for (const one of [...imports, ...linked]) await takeAll(scene, [one]);
        const before = withoutLed(await readStored(scene.projectId));
        for (const one of changed) await takeAll(scene, [one]);
        const made = await prisma.groupChange.findMany({
          where: { projectId: scene.projectId },
          orderBy: { createdAt: "desc" },
        });
        for (const { id } of made) await undoChange(scene.member, id);
        expect(withoutLed(await readStored(scene.projectId))).toEqual(before);
        await checkGroups(scene.projectId);
      }),
      { numRuns, interruptAfterTimeLimit: 250_000, endOnFailure: true },
    );
  });
});
