"use client";

import { CircleDot, ListFilter } from "lucide-react";
import { useCallback, useRef } from "react";
import { problemOf } from "@/components/issues/api";
import type { IssueActions } from "@/components/issues/result-issues";
import { RunIssues } from "@/components/issues/run-issues";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Empty } from "@/components/ui/empty";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { ProblemNotice } from "@/components/ui/problem-notice";
import type { Result, ResultRow, Run } from "@/lib/results/shapes";
import { ResultFilter } from "./result-filter";
import { ResultList } from "./result-list";
import { ResultPane } from "./result-pane";
import { RunHeader } from "./run-header";
import { useKeys } from "./use-keys";
import { type ResultsPage, useResults, useRun } from "./use-results";
import { useRunAddress } from "./use-run-address";

type Props = {
  projectId: string;
  firstRun: Run;
  first: { key: string; page: ResultsPage; result: Result | null };
  canCreate: boolean;
};

/** A run: results on the left, the one that is open on the right; on a small screen one after the other. */
export function RunView({ projectId, firstRun, first, canCreate }: Props) {
  const place = { projectId, runId: firstRun.id };
  const run = useRun(place, firstRun);
  const { selected, filter, change } = useRunAddress();
  const { results, hasNextPage, isFetchingNextPage, fetchNextPage, error } = useResults(place, filter, first);
  const search = useRef<HTMLInputElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const issueActions = useRef<IssueActions | null>(null);

  // With room for both, the first result is open from the start; the address only names one that was chosen.
  const shownId = selected ?? results[0]?.id ?? null;
  const current = results.findIndex(({ id }) => id === shownId);

  const open = useCallback(
    (result: ResultRow) => change({ result: result.id }, selected ? "replace" : "push"),
    [change, selected],
  );
  const step = (by: number) => {
    const next = results[Math.max(0, current + by)];
    if (next) change({ result: next.id });
  };
  const back = useCallback(() => change({ result: null }), [change]);
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const onText = useCallback((q: string) => change({ q, result: null }), [change]);

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => {
      if (shownId && !selected) change({ result: shownId }, "push");
      pane.current?.focus();
    },
    "/": () => search.current?.focus(),
    Escape: back,
    c: () => issueActions.current?.create(),
    l: () => issueActions.current?.link(),
  });

  return (
    <div className="flex h-[calc(100dvh-2.75rem)] flex-col md:h-full">
      <div className={cn("flex flex-col gap-3 border-b px-4 pt-1 pb-3 sm:px-6", selected && "max-md:hidden")}>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1">
            <RunHeader run={run} />
          </div>
          <RunIssuesButton projectId={projectId} runId={run.id} />
        </div>
        <ResultFilter
          totals={run.totals}
          filter={filter}
          searchRef={search}
          onStatuses={(statuses) => change({ status: statuses.join(","), result: null })}
          onText={onText}
        />
      </div>
      <div className="flex min-h-0 flex-1">
        <div className={cn("min-w-0 flex-1 md:max-w-[46%] md:border-r", selected && "max-md:hidden")}>
          {error && <ProblemNotice problem={problemOf(error)} className="m-4" />}
          {results.length > 0 ? (
            <ResultList results={results} current={current} hasMore={hasNextPage} onMore={more} onSelect={open} />
          ) : (
            !error && (
              <Nothing
                isFiltered={filter.statuses.length > 0 || filter.q !== ""}
                onClear={() => change({ status: null, q: null })}
              />
            )
          )}
        </div>
        <div
          ref={pane}
          tabIndex={-1}
          className={cn("min-w-0 flex-1 overflow-y-auto outline-none", !selected && "max-md:hidden")}
        >
          <ResultPane
            place={place}
            resultId={shownId}
            first={first.result}
            canCreate={canCreate}
            onBack={back}
            register={issueActions}
          />
        </div>
      </div>
    </div>
  );
}

const RunIssuesButton = (run: { projectId: string; runId: string }) => (
  <Popover>
    <PopoverTrigger asChild>
      <Button size="sm">
        <CircleDot aria-hidden /> Issues of this run
      </Button>
    </PopoverTrigger>
    <PopoverContent
      align="end"
      aria-label="Issues of this run"
      className="max-h-96 w-96 max-w-[90vw] overflow-y-auto p-3"
    >
      <RunIssues {...run} />
    </PopoverContent>
  </Popover>
);

const Nothing = ({ isFiltered, onClear }: { isFiltered: boolean; onClear(): void }) => (
  <Empty
    icon={ListFilter}
    title={isFiltered ? "No result matches" : "No results"}
    action={isFiltered && <Button onClick={onClear}>Clear the filter</Button>}
  >
    {isFiltered ? "Nothing in this run has this status and text." : "The files of this run had no test cases."}
  </Empty>
);
