"use client";

import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { withoutCodes } from "@/lib/richtext/terminal";
import type { AssessmentView, GroupRow } from "@/lib/triage/shapes";
import { NewMark } from "./new-mark";
import { SparkChart } from "./spark-chart";
import { assessmentWords, counted, originOf } from "./words";

type Props = {
  projectId: string;
  group: GroupRow;
  runs: { id: string; number: number }[];
  history: AssessmentView[];
  severity: ReactNode;
};

/** What a problem is, how much of it there is, since when, and how it was judged by whom. */
export function GroupHead({ projectId, group, runs, history, severity }: Props) {
  const { title, isNew, failures, flaky, cases, suites, environments, firstSeenAt, lastSeenAt, firstRun } = group;
  const named = environments.filter(Boolean);
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-meta text-muted">
        {isNew && <NewMark />}
        {severity}
        <SeverityOrigin group={group} history={history} />
        <Assessed group={group} history={history} />
      </div>
      <h2 dir="auto" className="break-words text-left font-semibold text-title">
        {withoutCodes(title)}
      </h2>
      <p className="flex flex-wrap gap-x-3 text-muted">
        {failures > 0 && <span className="font-medium text-failed">{counted(failures, "failure")}</span>}
        {flaky > 0 && <span className="font-medium text-flaky">{counted(flaky, "flaky result")}</span>}
        {failures + flaky > 0 && (
          <span>
            {counted(cases, "test")} in {counted(suites, "suite")}
          </span>
        )}
        {named.length > 0 && (
          <span className="break-words" title={named.join(", ")}>
            {named.slice(0, 6).join(", ")}
            {named.length > 6 && ` and ${named.length - 6} more`}
          </span>
        )}
      </p>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <SparkChart key={group.id} projectId={projectId} values={group.spark} runs={runs} isFlaky={failures === 0} />
        {/* A line of its own: exact times, which come first, are longer than what they become. */}
        <p className="basis-full text-meta text-muted max-sm:min-h-8">
          {isNew ? (
            "First seen in this run"
          ) : (
            <>
              First seen <Time at={firstSeenAt} /> in #{firstRun.number}
            </>
          )}
          {" · last seen "}
          <Time at={lastSeenAt} />
        </p>
      </div>
    </header>
  );
}

type JudgedProps = { group: GroupRow; history: AssessmentView[] };

/** Where the severity comes from: the property, the tag, the rule, or who said so and when. */
function SeverityOrigin({ group: { severity, severitySource }, history }: JudgedProps) {
  const entry = history.find(({ field, after }) => field === "severity" && after === severity);
  const who = severitySource === "hand" && entry ? `by ${entry.actorName}` : originOf(severitySource, entry);
  return (
    <span className="break-words">
      {who}
      {severitySource === "hand" && entry && (
        <>
          , <Time at={entry.createdAt} />
        </>
      )}
    </span>
  );
}

function Assessed({ group: { assessment, assessedUntil }, history }: JudgedProps) {
  if (assessment === "active") return null;
  const entry = history.find(({ field, after }) => field === "assessment" && after === assessment);
  return (
    <>
      <Badge className="border-line-strong font-medium text-fg">{assessmentWords[assessment]}</Badge>
      <span className="break-words">
        {assessedUntil && (
          <>
            until <Time at={assessedUntil} exact />,{" "}
          </>
        )}
        {entry && (
          <>
            by {entry.actorName}, <Time at={entry.createdAt} />
            {entry.reason && `: ${entry.reason}`}
          </>
        )}
      </span>
    </>
  );
}
