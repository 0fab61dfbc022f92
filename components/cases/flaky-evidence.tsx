import { Waves } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { CaseRow, ExecutionView, FlakinessView } from "@/lib/results/case-shapes";
import { environmentName, resultHref } from "./result-href";

type Mark = { score: number; word: CaseRow["flaky"]; className?: string };

/** How flaky a case is, as a mark; a stable one has none. */
export const FlakyMark = ({ score, word, className }: Mark) =>
  score === 0 ? null : (
    <Badge className={cn("text-flaky", className)} title={`Flaky score ${score} of 100`}>
      <Waves aria-hidden /> {word === "flaky" ? "Flaky" : "Sometimes flaky"} {score}
    </Badge>
  );

const shown = 8;

/** The flaky score and what it is made of, each with the way to its results. */
export function FlakyEvidence({ projectId, flakiness }: { projectId: string; flakiness: FlakinessView }) {
  const { score, word, environments, evidence, evidenceCount } = flakiness;
  if (score === 0)
    return (
      <p className="text-muted">
        {environments.length === 0
          ? "It has no result yet that could tell."
          : "Stable: it never passed on a rerun only, and never ended differently for the same code."}
      </p>
    );
  const rows = (from: number, to?: number) =>
    evidence.slice(from, to).map((one) => <Piece key={keyOf(one)} projectId={projectId} evidence={one} />);
  return (
    <div className="flex flex-col gap-3">
      <p>
        <span className="font-medium text-flaky">
          {word === "flaky" ? "Flaky" : "Sometimes flaky"}: {score} of 100.
        </span>
      </p>
      <ul className="flex flex-col gap-1 text-muted">
        {environments
          .filter((one) => one.score > 0)
          .slice(0, 20)
          .map((one) => (
            <li key={one.environment} className="break-words">
              <span className="text-fg">{environmentName(one.environment)}</span> {one.score}: {inWords(one)}
            </li>
          ))}
      </ul>
      <ul aria-label="Evidence" className="flex flex-col gap-1">
        {rows(0, shown)}
      </ul>
      {evidence.length > shown && (
        <details>
          <summary className="text-muted hover:text-fg">
            {evidence.length - shown} more{evidenceCount > evidence.length && ` of ${evidenceCount - shown}`}
          </summary>
          <ul className="mt-1 flex flex-col gap-1">{rows(shown)}</ul>
        </details>
      )}
      <details className="text-muted">
        <summary className="hover:text-fg">How the score is made</summary>
        <p className="mt-1 max-w-prose">
          Of each environment the latest 50 results with a verdict count. Two shares are taken: results that passed on a
          rerun only, and verdicts that changed between consecutive results of the same commit (of the same branch,
          where no commit is known). Fewer than five count as five. The score is 100 × (1 − (1 − reruns) × (1 −
          changes)), of the environment where it is highest; from 25 on a test is called flaky.
        </p>
      </details>
    </div>
  );
}

type Evidence = FlakinessView["evidence"][number];

const keyOf = (one: Evidence) => (one.kind === "rerun" ? one.execution.resultId : `changed ${one.after.resultId}`);

function Piece({ projectId, evidence }: { projectId: string; evidence: Evidence }) {
  const run = (execution: ExecutionView) => (
    <Link href={resultHref(projectId, execution)} prefetch={false} className="text-link underline underline-offset-2">
      run #{execution.runNumber}
    </Link>
  );
  if (evidence.kind === "rerun")
    return (
      <li className="break-words">
        Passed on a rerun in {run(evidence.execution)} <Where of={evidence.execution} />
      </li>
    );
  const { before, after, sameCommit } = evidence;
  const code = sameCommit ? `the same commit ${after.commit?.slice(0, 7)}` : `the branch ${after.branch}`;
  return (
    <li className="break-words">
      {isPassing(after) ? "Passed" : "Failed"} in {run(after)} after it had {isPassing(before) ? "passed" : "failed"} in{" "}
      {run(before)}, both of {code} <Where of={after} />
    </li>
  );
}

const isPassing = ({ status }: ExecutionView) => status === "passed" || status === "flaky";

const Where = ({ of: { environment, createdAt } }: { of: ExecutionView }) => (
  <span className="text-meta text-muted">
    · {environment && `${environment} · `}
    <Time at={createdAt} />
  </span>
);

function inWords({ results, reruns, pairs, changes }: FlakinessView["environments"][number]): string {
  const parts = [
    ...(reruns > 0 ? [`${reruns} of ${results} results passed on a rerun only`] : []),
    ...(changes > 0 ? [`${changes} of ${pairs} results ended differently for the same code`] : []),
  ];
  return parts.join(", ");
}
