"use client";

import type { ReactNode } from "react";
import { severityWords } from "@/components/triage/words";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { Severity } from "@/lib/db/generated/enums";
import type { RulePreview } from "@/lib/triage/rules/shapes";
import type { useRulePreview } from "./use-rule-preview";

type Props = {
  projectId: string;
  tried: ReturnType<typeof useRulePreview>;
  isNamed: boolean;
  severity: Severity | null;
};

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** What the rule would have matched: how much, where exactly, and what to look at before it is saved. */
export function PastMatches({ projectId, tried: { preview, isBehind, problem, again }, isNamed, severity }: Props) {
  // What is wrong with the pattern stands at its field.
  const isElsewhere = problem?.fields?.pattern !== undefined;
  return (
    <section
      aria-label="Matches in the past"
      aria-busy={isBehind}
      className="min-h-24 min-w-0 self-start rounded-md bg-subtle p-3 lg:sticky lg:top-4"
    >
      <div aria-live="polite">
        {problem && !isElsewhere && (
          <Notice
            tone="error"
            title="The past could not be searched"
            action={<Button onClick={again}>Try again</Button>}
          >
            {problem.detail}
          </Notice>
        )}
        {!preview && !problem && (
          <p className="text-muted">
            {isBehind ? "Searching the past…" : "Matches in the past show here as you type."}
          </p>
        )}
        {isElsewhere && <p className="text-muted">No search until the pattern is right.</p>}
        {preview && <Summary preview={preview} isBehind={isBehind} isNamed={isNamed} severity={severity} />}
      </div>
      {preview && <Groups projectId={projectId} preview={preview} isBehind={isBehind} />}
      {preview && <Examples projectId={projectId} preview={preview} isBehind={isBehind} />}
    </section>
  );
}

type SummaryProps = { preview: RulePreview; isBehind: boolean; isNamed: boolean; severity: Severity | null };

function Summary({ preview, isBehind, isNamed, severity }: SummaryProps) {
  const { searched, matched, runCount, groupCount, partlyCovered, withOtherIssue, withThisIssue } = preview;
  const isAll = matched === searched.results && matched > 5;
  return (
    <div className={cn("flex flex-col gap-2", isBehind && "opacity-60")}>
      <p className="font-medium tabular-nums">
        {matched === 0
          ? searched.isWhole
            ? "Nothing matches in the past"
            : "Nothing found so far"
          : `${count(matched, "failure matches", "failures match")} in ${count(runCount, "run", "runs")}, ${count(groupCount, "problem", "problems")}`}
      </p>
      <p className="text-meta text-muted tabular-nums">
        {searched.results === 0
          ? `No failure in the last ${searched.days} days to try it on.`
          : `Of the latest ${count(searched.results, "failure", "failures")} in ${count(searched.runs, "run", "runs")}`}
        {searched.since && (
          <>
            , since <Time at={searched.since} />
          </>
        )}
        {searched.results > 0 && ". "}
        {!searched.isWhole && "The search stopped after two seconds; there may be more."}
        {searched.isWhole && searched.results >= searched.mostResults && "It looks no further back."}
      </p>
      {severity && <Rating preview={preview} severity={severity} />}
      {isAll && <Warning>All failures match. Is it too wide?</Warning>}
      {partlyCovered > 0 && (
        <Warning>
          Of {count(partlyCovered, "problem", "problems")} only some failures match: the others would stay without the
          issue.
        </Warning>
      )}
      {withOtherIssue > 0 && (
        <Warning>
          {count(withOtherIssue, "failure has", "failures have")} {isNamed ? "another issue" : "an issue"} already.
          {isNamed && " They would have both."}
        </Warning>
      )}
      {isNamed && withThisIssue > 0 && (
        <p className="text-meta text-muted">
          {count(withThisIssue, "failure has", "failures have")} this issue already.
        </p>
      )}
    </div>
  );
}

/** What becomes of the severity of the problems that match. */
function Rating({ preview: { groupCount, ratedByHand }, severity }: { preview: RulePreview; severity: Severity }) {
  if (groupCount === 0) return null;
  return (
    <p className="tabular-nums">
      {count(groupCount - ratedByHand, "problem", "problems")} would be rated {severityWords[severity]}.
      {ratedByHand > 0 && ` The severity of ${ratedByHand.toLocaleString("en")} is set by hand and stays.`}
    </p>
  );
}

const Warning = ({ children }: { children: ReactNode }) => <Notice tone="warning">{children}</Notice>;

type Shown = { projectId: string; preview: RulePreview; isBehind: boolean };

function Groups({ projectId, preview: { groups, groupCount, runs }, isBehind }: Shown) {
  if (groups.length === 0) return null;
  return (
    <details className={cn("mt-3", isBehind && "opacity-60")}>
      <summary className="cursor-default text-meta text-muted hover:text-fg">Which problems and runs</summary>
      <ul className="mt-1 flex flex-col gap-1">
        {groups.map(({ id, title, matched, failures }) => (
          <li key={id} className="flex gap-2">
            <span className="min-w-0 flex-1 truncate" dir="auto">
              {title}
            </span>
            <span className="shrink-0 text-muted tabular-nums">
              {matched < failures ? `${matched} of ${failures}` : `all ${failures}`}
            </span>
          </li>
        ))}
        {groupCount > groups.length && <li className="text-muted">and {groupCount - groups.length} more</li>}
      </ul>
      <p className="mt-2 flex flex-wrap gap-x-3 gap-y-1">
        {runs.map(({ id, number, matched }) => (
          <Link key={id} href={`/projects/${projectId}/runs/${id}`} className="underline tabular-nums">
            Run {number}: {matched}
          </Link>
        ))}
      </p>
    </details>
  );
}

function Examples({ projectId, preview: { examples, matched }, isBehind }: Shown) {
  if (examples.length === 0) return null;
  return (
    <>
      <ul
        aria-label="Examples"
        className={cn("mt-3 flex max-h-96 flex-col gap-2 overflow-y-auto border-t pt-2", isBehind && "opacity-60")}
      >
        {examples.map(({ resultId, runId, run, suite, name, field, excerpt }) => (
          <li key={resultId} className="min-w-0">
            <p className="flex flex-wrap gap-x-2 text-meta text-muted">
              <Link
                href={`/projects/${projectId}/runs/${runId}?result=${resultId}`}
                className="min-w-0 break-words text-fg underline"
              >
                {suite ? `${suite} › ${name}` : name}
              </Link>
              <span>
                Run {run}, {field}
              </span>
            </p>
            <p className="break-words font-mono text-code" dir="auto">
              {excerpt.before}
              {excerpt.match && <mark className="rounded-sm bg-flaky/25 text-fg">{excerpt.match}</mark>}
              {excerpt.after}
            </p>
          </li>
        ))}
      </ul>
      {matched > examples.length && (
        <p className="mt-2 text-meta text-muted">The newest {examples.length} are shown.</p>
      )}
    </>
  );
}
