"use client";

import { LoaderCircle, TriangleAlert } from "lucide-react";
import type { MouseEvent } from "react";
import { shortKey } from "@/components/issues/short-key";
import { StateDot } from "@/components/issues/state-dot";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import { firstLine } from "@/lib/richtext/terminal";
import type { GroupRow } from "@/lib/triage/shapes";
import { NewMark } from "./new-mark";
import { SeverityMark } from "./severity-mark";
import { Sparkline } from "./sparkline";
import { assessmentWords, counted } from "./words";

type Props = {
  group: GroupRow;
  /** The run's own environment goes without saying. */
  environment: string | null;
  isCurrent: boolean;
  isChosen: boolean;
  /** Absent: the reader may only look. */
  onChoose?: ((id: string, isRange: boolean) => void) | undefined;
  onOpen(id: string, byKeyboard: boolean): void;
};

/** A problem in two lines: what it is and whether anybody has it, then how much of it there is and since when. */
export function Row({ group, environment, isCurrent, isChosen, onChoose, onOpen }: Props) {
  const { id, title, isNew, issues, severity } = group;
  const open = (event: MouseEvent) => {
    // A new tab is the browser's business; the address is a real one.
    if (event.metaKey || event.ctrlKey || (event.shiftKey && !onChoose)) return;
    event.preventDefault();
    if (event.shiftKey) onChoose?.(id, true);
    // A click that no pointer made.
    else onOpen(id, event.detail === 0);
  };
  return (
    <div
      className={cn(
        "group/row relative h-full border-transparent border-l-2 hover:bg-hover",
        isChosen && "bg-selected",
        isCurrent && "border-accent bg-selected hover:bg-selected",
      )}
    >
      {onChoose && (
        <label className="absolute inset-y-0 left-0 flex w-9 cursor-pointer items-start justify-center pt-2.5">
          {/* The key x does the same; a stop at each box would double the way through the list. */}
          <input
            type="checkbox"
            tabIndex={-1}
            checked={isChosen}
            aria-label={`Select ${firstLine(title)}`}
            onChange={({ nativeEvent }) => onChoose(id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
            className="size-4 cursor-pointer accent-accent"
          />
        </label>
      )}
      <a
        href={`?group=${id}`}
        onClick={open}
        // A range that is drawn by clicks selects rows, not their text.
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        aria-current={isCurrent || undefined}
        data-group={id}
        className={cn(
          "flex h-full items-center gap-3 pr-3.5 focus-visible:-outline-offset-2",
          onChoose ? "pl-9" : "pl-3.5",
        )}
      >
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1.5">
            {isNew && <NewMark />}
            <IssueMark group={group} />
            <span dir="auto" title={firstLine(title)} className="truncate text-left font-medium">
              {firstLine(title)}
            </span>
            {severity !== "medium" && <SeverityMark severity={severity} />}
          </span>
          <span className="block truncate text-meta text-muted">
            <Facts group={group} environment={environment} hasDoneIssue={issues.some(isDone)} />
          </span>
        </span>
        <Sparkline values={group.spark} isFlaky={group.failures === 0} />
      </a>
    </div>
  );
}

const isDone = ({ category }: GroupRow["issues"][number]) => category === "done";

/** The issue that somebody has filed for it already, or that is on its way. */
function IssueMark({ group: { issues, issueCount, creation } }: { group: GroupRow }) {
  const [issue] = issues;
  if (issue)
    return (
      <span
        title={`${issue.title} · ${issue.state}`}
        className="inline-flex h-5 shrink-0 items-center gap-1 rounded border bg-surface px-1 font-mono text-code"
      >
        <StateDot category={issue.category} />
        {shortKey(issue.key)}
        {issueCount > 1 && <span className="text-muted">+{issueCount - 1}</span>}
      </span>
    );
  if (!creation) return null;
  const hasStopped = creation.state === "failed" || creation.state === "held";
  return (
    <span className="inline-flex h-5 shrink-0 items-center gap-1 rounded border bg-surface px-1 text-meta text-muted">
      {hasStopped ? (
        <TriangleAlert className="size-3 text-flaky" aria-hidden />
      ) : (
        <LoaderCircle className="size-3 animate-spin" aria-hidden />
      )}
      {hasStopped ? "not created" : "creating…"}
    </span>
  );
}

type FactsProps = { group: GroupRow; environment: string | null; hasDoneIssue: boolean };

function Facts({ group, environment, hasDoneIssue }: FactsProps) {
  const { failures, flaky, suites, sample, isNew, firstSeenAt, environments, assessment, issues } = group;
  const elsewhere = environments.filter((name) => name && name !== environment);
  const [issue] = issues;
  return (
    <>
      {assessment !== "active" && `${assessmentWords[assessment]} · `}
      {failures > 0 ? counted(failures, "failure") : `${counted(flaky, "flaky result")}`}
      {failures > 0 && flaky > 0 && ` · ${flaky.toLocaleString("en")} flaky`}
      {failures + flaky > 1 ? ` · ${counted(suites, "suite")}` : ` · ${sample.name}`}
      {isNew ? (
        " · first seen in this run"
      ) : (
        <>
          {" · first seen "}
          <Time at={firstSeenAt} />
        </>
      )}
      {hasDoneIssue && issue && failures > 0 && (
        <span className="text-error">
          {" · "}
          <TriangleAlert className="mb-0.5 inline size-3" aria-hidden /> {shortKey(issue.key)} is done, failing again
        </span>
      )}
      {elsewhere.length > 0 && ` · ${elsewhere.slice(0, 2).join(", ")}`}
      {elsewhere.length > 2 && ` and ${elsewhere.length - 2} more`}
    </>
  );
}
