import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { standingOf } from "@/lib/triage/standing";
import type { CaseHistory, ExecutionView, FlakinessView, Matrix } from "./case-shapes";
import { checkCase, getHistoryRow } from "./cases";
import { type Execution, listExecutions } from "./executions";
import { type Flakiness, flakinessOf } from "./flaky";
import { isFailing } from "./statuses";

const shownRuns = 50;
const shownEnvironments = 20;
const shownGroups = 20;
const shownEvidence = 50;

/** A case over its latest results: where it failed in which run, how flaky it is, its last failure and its problems. */
export async function getCaseHistory(member: Member, caseId: string): Promise<CaseHistory> {
  await checkCase(member, caseId);
  const executions = (await listExecutions(member, [caseId])).get(caseId) ?? [];
  const failures = executions.filter(({ status }) => isFailing(status));
  const [latest] = failures;
  const [lastFailure, groups] = await Promise.all([
    latest ? getHistoryRow(member, latest.resultId) : null,
    groupsOf(member, failures),
  ]);
  return { matrix: matrixOf(executions), flakiness: toFlakinessView(flakinessOf(executions)), lastFailure, groups };
}

/** Environments by runs: the latest 50 runs in which the case has a result. */
export function matrixOf(executions: readonly Execution[]): Matrix {
  const runs = new Map<string, Execution>();
  for (const execution of executions)
    if (runs.size < shownRuns && !runs.has(execution.runId)) runs.set(execution.runId, execution);
  const shown = [...runs.values()].sort((a, b) => a.runNumber - b.runNumber);
  const cells = new Map(executions.map((one) => [`${one.runId} ${one.environment}`, one]));
  const inShown = executions.filter(({ runId }) => runs.has(runId));
  const names = [...new Set(inShown.map(({ environment }) => environment))].sort();
  return {
    runs: shown.map(({ runId, runNumber, branch, commit, createdAt }) => ({
      ...{ id: runId, number: runNumber, branch, commit },
      createdAt: createdAt.toISOString(),
    })),
    environments: names.slice(0, shownEnvironments).map((name) => ({
      name,
      cells: shown.map(({ runId }) => {
        const cell = cells.get(`${runId} ${name}`);
        return cell ? { resultId: cell.resultId, status: cell.status } : null;
      }),
    })),
    moreEnvironments: Math.max(0, names.length - shownEnvironments),
  };
}

export const toExecutionView = ({ caseId: _, createdAt, ...rest }: Execution): ExecutionView => ({
  ...rest,
  createdAt: createdAt.toISOString(),
});

const toFlakinessView = ({ score, word, environments, evidence }: Flakiness): FlakinessView => ({
  ...{ score, word, environments },
  evidence: evidence.slice(0, shownEvidence).map((one) =>
    one.kind === "rerun"
      ? { kind: "rerun", execution: toExecutionView(one.execution) }
      : {
          kind: "changed",
          before: toExecutionView(one.before),
          after: toExecutionView(one.after),
          sameCommit: one.sameCommit,
        },
  ),
  evidenceCount: evidence.length,
});

/** The groups of those failures, by their latest one. */
async function groupsOf({ workspaceId, projectId }: Member, failures: readonly Execution[]) {
  const rows = await prisma.testResult.findMany({
    where: { id: { in: failures.map(({ resultId }) => resultId) }, workspaceId, fingerprint: { not: null } },
    select: { id: true, fingerprint: true },
  });
  const hashes = new Map(rows.map(({ id, fingerprint }) => [id, fingerprint]));
  const known = await prisma.fingerprint.findMany({
    where: { projectId, workspaceId, hash: { in: [...new Set(hashes.values())].filter((hash) => hash !== null) } },
    select: { hash: true, group: true },
  });
  const groups = new Map(known.map(({ hash, group }) => [hash, group]));
  const now = new Date();
  const seen = new Map<string, CaseHistory["groups"][number]>();
  for (const { resultId, runId, runNumber, createdAt } of failures) {
    const group = groups.get(hashes.get(resultId) ?? "");
    if (!group || seen.has(group.id)) continue;
    const { severity, assessment } = standingOf(group, now);
    const latest = { resultId, runId, runNumber, lastSeenAt: createdAt.toISOString() };
    seen.set(group.id, { id: group.id, title: group.title, severity, assessment, ...latest });
  }
  return [...seen.values()].slice(0, shownGroups);
}
