import type { Place as Project } from "../place";
import { type Failure, nextFailures, type Place } from "./failures";
import { Judge } from "./judge";
import { type PastRun, past, pastRuns } from "./past";
import type { Search } from "./search";

const batch = 1_000;
const mostRuns = 1_000;

/** What was looked through, newest run first, and what in it matches. */
class Look {
  readonly matched: { failure: Failure; run: PastRun }[] = [];
  readonly groups = new Map<string, { matched: number; failures: number }>();
  readonly runs = new Map<string, { id: string; number: number; matched: number }>();
  readonly searched: { results: number; runs: number; since: string | null; isWhole: boolean } = {
    ...{ results: 0, runs: 0, since: null, isWhole: true },
  };

  add(run: PastRun, failure: Failure, isMatch: boolean): void {
    const { id, number } = run;
    const matched = isMatch ? 1 : 0;
    if (isMatch) this.matched.push({ failure, run });
    this.runs.set(id, { id, number, matched: (this.runs.get(id)?.matched ?? 0) + matched });
    if (failure.groupId) {
      const before = this.groups.get(failure.groupId) ?? { matched: 0, failures: 0 };
      this.groups.set(failure.groupId, { matched: before.matched + matched, failures: before.failures + 1 });
    }
    this.searched.results += 1;
    this.searched.runs = this.runs.size;
    this.searched.since = run.createdAt.toISOString();
  }
}

/** Looks through the past, until it has seen all that a rule may look at or it is late. */
export async function lookBack(project: Project, search: Search, isLate: () => boolean): Promise<Look> {
  const { workspaceId } = project;
  const judge = new Judge(workspaceId, [{ search, spentMs: 0 }]);
  const look = new Look();
  for (const runs of inBatches(await pastRuns(project, null, mostRuns))) {
    const byId = new Map(runs.map((run) => [run.id, run]));
    let after: Place | null = null;
    for (let isMore = true; isMore; ) {
      const left = past.results - look.searched.results;
      if (left === 0) return look;
      const most = runs.length > 1 ? left : Math.min(batch, left);
      const failures: Failure[] = isLate()
        ? []
        : await nextFailures({ workspaceId, runIds: [...byId.keys()] }, after, most);
      const judged = await judge.judge(failures, isLate);
      for (const { failure, rules } of judged) {
        const run = byId.get(failure.runId);
        if (run) look.add(run, failure, rules.length > 0);
      }
      look.searched.isWhole = judged.length === failures.length && !isLate();
      if (!look.searched.isWhole) return look;
      after = failures.at(-1) ?? null;
      isMore = runs.length === 1 && failures.length === most;
    }
  }
  return look;
}

/** Runs with few failures are read together: a query for each of a thousand would take the time of all. */
function inBatches(runs: readonly PastRun[]): PastRun[][] {
  const batches: PastRun[][] = [];
  let room = 0;
  for (const run of runs) {
    if (run.failures > room) {
      batches.push([]);
      room = batch;
    }
    batches.at(-1)?.push(run);
    room -= run.failures;
  }
  return batches;
}
