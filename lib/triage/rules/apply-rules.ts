import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { log } from "@/lib/log";
import type { Place as Project } from "../place";
import { nextFailures, type Place } from "./failures";
import { Judge } from "./judge";
import { type Applied, linkMatches } from "./link-matches";
import { whatSchema } from "./list-rules";
import { pastRuns } from "./past";
import { readSearch, type Search } from "./search";

/** One step works for so long; what is left is the next one's. */
const sliceMs = 2_000;
const batch = 2_000;
/** A rule whose searches have taken so long in one job is switched off, and says so. */
const mostRuleMs = 60_000;

/** Milliseconds that the searches of each rule have taken in this job so far. */
type Spent = Record<string, number>;
type Rule = Applied & { search: Search; spentMs: number };

/** How far a job has come in a run. */
export type Progress = { after: Place | null; spent: Spent };
export type Step = Progress & { linked: number; isDone: boolean };

const done = (progress: Progress, linked = 0): Step => ({ ...progress, linked, isDone: true });

/** Links what failed in the run to the issues of the rules that it matches: as much as fits in a step. */
export async function applyRulesToRun(
  { workspaceId, runId }: { workspaceId: string; runId: string },
  progress: Progress,
): Promise<Step> {
  const run = [workspaceId, runId].every(isId)
    ? await prisma.testRun.findFirst({ where: { id: runId, workspaceId }, select: { id: true, projectId: true } })
    : null;
  if (!run) return done(progress);
  const place = { workspaceId, projectId: run.projectId };
  return applyTo(place, run.id, await readRules(place, progress.spent), progress, Number.POSITIVE_INFINITY);
}

export type PastProgress = Progress & { run: { id: string; number: number } | null; left: number };
export type PastStep = PastProgress & { linked: number; isDone: boolean };

/** Links what has matched a rule in the past, newest run first and no further back than its preview looks. */
export async function applyRuleToPast(
  { workspaceId, ruleId }: { workspaceId: string; ruleId: string },
  progress: PastProgress,
): Promise<PastStep> {
  const ended = { ...progress, linked: 0, isDone: true };
  const stored = [workspaceId, ruleId].every(isId)
    ? await prisma.knownIssueRule.findFirst({ where: { id: ruleId, workspaceId }, select: { projectId: true } })
    : null;
  if (!stored) return ended;
  const place = { workspaceId, projectId: stored.projectId };
  const isBetween = progress.after === null;
  const [next] = isBetween ? await pastRuns(place, progress.run?.number ?? null, 1) : [progress.run];
  if (!next || progress.left <= 0) return ended;
  const rules = await readRules(place, progress.spent, ruleId);
  if (rules.length === 0) return ended;
  const { read, ...step } = await applyTo(place, next.id, rules, progress, progress.left);
  return { ...step, run: { id: next.id, number: next.number }, left: progress.left - read, isDone: false };
}

/** The rules that are on, oldest first; those of them that cannot be used say so on their page. */
async function readRules({ workspaceId, projectId }: Project, spent: Spent, id?: string): Promise<Rule[]> {
  const rows = await prisma.knownIssueRule.findMany({
    where: {
      ...{ workspaceId, projectId, enabled: true, stoppedAt: null, ...(id && { id }) },
      issue: { external: { isNot: null } },
    },
    select: {
      ...{ id: true, name: true, issueId: true, kind: true, field: true, pattern: true },
      ...{ severity: true, updatedAt: true },
    },
    orderBy: { id: "asc" },
  });
  return rows.flatMap(({ id, name, issueId, severity, updatedAt, ...what }) => {
    const read = readSearch(whatSchema.parse(what));
    return issueId && "search" in read
      ? [{ id, name, issueId, severity, updatedAt, search: read.search, spentMs: spent[id] ?? 0 }]
      : [];
  });
}

async function applyTo(
  place: Project,
  runId: string,
  rules: Rule[],
  progress: Progress,
  most: number,
): Promise<Step & { read: number }> {
  if (rules.length === 0) return { ...done(progress), read: 0 };
  const judge = new Judge(place.workspaceId, rules);
  const end = performance.now() + sliceMs;
  const isLate = () => performance.now() > end;
  let { after } = progress;
  let [linked, read] = [0, 0];
  let isDone = false;
  do {
    const failures = await nextFailures(
      { workspaceId: place.workspaceId, runIds: [runId] },
      after,
      Math.min(batch, most - read),
    );
    const judged = await judge.judge(failures, isLate);
    linked += await linkMatches(place, runId, judged);
    read += judged.length;
    const last = judged.at(-1)?.failure;
    if (last) after = { hash: last.hash, rank: last.rank, id: last.id };
    isDone = judged.length === failures.length && (failures.length < batch || read >= most);
  } while (!isDone && !isLate());
  const spent = Object.fromEntries(rules.map(({ id, spentMs }) => [id, Math.round(spentMs)]));
  await stopSlow(place, rules);
  return { after: isDone ? null : after, spent, linked, read, isDone };
}

async function stopSlow({ workspaceId, projectId }: Project, rules: readonly Rule[]): Promise<void> {
  for (const { id, spentMs } of rules.filter((rule) => rule.spentMs > mostRuleMs)) {
    log.warn({ ruleId: id, spentMs }, "a known-issue rule takes too long and was stopped");
    await prisma.$executeRaw`
      update "KnownIssueRule" set "stoppedAt" = now()
      where id = ${id}::uuid and "workspaceId" = ${workspaceId}::uuid and "projectId" = ${projectId}::uuid`;
  }
}
