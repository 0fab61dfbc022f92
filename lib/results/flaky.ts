import type { ResultStatus } from "@/lib/db/generated/enums";
import type { Execution } from "./executions";

/** How many results of each environment are looked at. */
export const judgedResults = 50;

// One odd result of two says little; fewer than five count as five.
const fewest = 5;
const flakyFrom = 25;

export type FlakyWord = "stable" | "sometimes flaky" | "flaky";

/** Why a test is taken for flaky: it passed on a rerun, or ended otherwise though nothing had changed. */
export type FlakyEvidence =
  | { kind: "rerun"; execution: Execution }
  | { kind: "changed"; before: Execution; after: Execution; sameCommit: boolean };

export type FlakyEnvironment = {
  environment: string;
  score: number;
  /** Results that were looked at, and those of them that passed on a rerun only. */
  results: number;
  reruns: number;
  /** Pairs of consecutive results of the same code, and those of them that ended differently. */
  pairs: number;
  changes: number;
};

export type Flakiness = {
  /** 0 to 100: that of the environment where it is highest. */
  score: number;
  word: FlakyWord;
  environments: FlakyEnvironment[];
  /** Newest first. */
  evidence: FlakyEvidence[];
};

// What ended with a verdict. Of skipped, blocked and retest nobody knows how they would have ended.
const verdicts: Partial<Record<ResultStatus, "passed" | "failed">> = {
  passed: "passed",
  flaky: "passed",
  failed: "failed",
  error: "failed",
};

/**
 * How flaky a case is, from its results, newest first. Of each environment the latest 50 results with a verdict count:
 *
 *     reruns  = results that passed on a rerun only / results
 *     changes = verdicts that changed between consecutive results of the same code / such pairs
 *     score   = 100 × (1 − (1 − reruns) × (1 − changes))
 *
 * where fewer than five results or pairs count as five. The same code is the same commit; where a run has none, the same
 * branch; where it has neither, nothing is known to be the same. The case has the highest score of its environments.
 */
export function flakinessOf(executions: readonly Execution[]): Flakiness {
  const judged = executions.filter(({ status }) => verdicts[status] !== undefined);
  const names = [...new Set(judged.map(({ environment }) => environment))];
  const parts = names.map((name) => {
    const own = judged.filter(({ environment }) => environment === name);
    return judge(name, own.slice(0, judgedResults));
  });
  const environments = parts.map(({ evidence: _, ...environment }) => environment);
  const score = Math.max(0, ...environments.map((one) => one.score));
  return {
    score,
    word: wordOf(score),
    environments: environments.sort((a, b) => b.score - a.score || (a.environment < b.environment ? -1 : 1)),
    evidence: parts
      .flatMap(({ evidence }) => evidence)
      .sort((a, b) => latestOf(b).createdAt.getTime() - latestOf(a).createdAt.getTime()),
  };
}

/** The score in words. */
export const wordOf = (score: number): FlakyWord =>
  score === 0 ? "stable" : score < flakyFrom ? "sometimes flaky" : "flaky";

const latestOf = (evidence: FlakyEvidence): Execution =>
  evidence.kind === "rerun" ? evidence.execution : evidence.after;

function judge(environment: string, newestFirst: readonly Execution[]): FlakyEnvironment & Pick<Flakiness, "evidence"> {
  const evidence: FlakyEvidence[] = [];
  const previous = new Map<string, Execution>();
  let pairs = 0;
  for (const execution of newestFirst.toReversed()) {
    if (execution.status === "flaky") evidence.push({ kind: "rerun", execution });
    const code = codeOf(execution);
    if (code === null) continue;
    const before = previous.get(code);
    previous.set(code, execution);
    if (!before) continue;
    pairs += 1;
    if (verdicts[before.status] !== verdicts[execution.status])
      evidence.push({ kind: "changed", before, after: execution, sameCommit: execution.commit !== null });
  }
  const results = newestFirst.length;
  const reruns = evidence.filter(({ kind }) => kind === "rerun").length;
  const changes = evidence.length - reruns;
  const share = 1 - (1 - reruns / Math.max(results, fewest)) * (1 - changes / Math.max(pairs, fewest));
  // What happened once is never nothing.
  const score = evidence.length === 0 ? 0 : Math.max(1, Math.round(100 * share));
  return { environment, score, results, reruns, pairs, changes, evidence };
}

const codeOf = ({ commit, branch }: Execution): string | null =>
  commit ? `commit ${commit}` : branch ? `branch ${branch}` : null;
