import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { getRun } from "@/lib/results/runs";
import { trackerOf } from "@/lib/trackers/registry";
import { getActiveAssignment, targetOf } from "../find-target";
import { estimate, readPace } from "./estimate";
import { fieldErrorsOf } from "./filed-as";
import type { BulkInput } from "./inputs";
import type { BulkPlan } from "./shapes";
import { issuesOf, namesProblems, refusalOf, tallyOf } from "./tally";

/** Says what a bulk creation would do, in numbers, before anything is done. */
export async function planBulk(member: Member, input: BulkInput, now = new Date()): Promise<BulkPlan> {
  const { integrationId, mode } = input;
  const { id, number } = await getRun(member, input.runId);
  const assignment = await getActiveAssignment(member, integrationId);
  const { integration } = assignment;
  const target = targetOf(assignment, input.externalProject);
  const { key, name, isPublic } = target;
  const [tally, pace, fieldErrors] = await Promise.all([
    tallyOf(prisma, member, input, now),
    readPace(member, { integrationId, provider: integration.provider }, now),
    fieldErrorsOf(member, assignment, target, input),
  ]);
  const issues = issuesOf(tally);
  const byProblem = namesProblems(mode, input, tally);
  const { total: _, take: __, ...leftOut } = byProblem ? tally.problems : tally.failures;
  const disabled = `${integration.name} is disabled: nothing is sent to it.`;
  return {
    run: { id, number },
    target: { key, name, isPublic, noun: trackerOf(integration.provider).projectNoun },
    mode,
    failures: tally.failures.total,
    problems: tally.problems.total,
    filed: byProblem
      ? { failures: tally.failuresOfTaken, problems: tally.problems.take }
      : { failures: tally.failures.take, problems: tally.problemsOfTaken },
    issues,
    leftOut,
    refusal: integration.status === "active" ? refusalOf(mode, input, tally) : disabled,
    fieldErrors,
    estimate: estimate(issues[mode], pace),
  };
}
