"use client";

import { ListFilter } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { problemOf } from "@/components/api";
import type { IssueActions } from "@/components/issues/result-issues";
import { RunIssuesButton } from "@/components/issues/run-issues";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Empty } from "@/components/ui/empty";
import { ProblemNotice } from "@/components/ui/problem-notice";
import type { Result, ResultRow, Run } from "@/lib/results/shapes";
import { KeysHelp } from "./keys-help";
import { ResultFilter } from "./result-filter";
import { ResultList } from "./result-list";
import { ResultPane } from "./result-pane";
import { RunHeader } from "./run-header";
import { useKeys } from "./use-keys";
import { type ResultsPage, useResults, useRun } from "./use-results";
import { useRunAddress } from "./use-run-address";

const isWide = () => matchMedia("(width >= 48rem)").matches;

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
  const list = useRef<HTMLDivElement>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const issueActions = useRef<IssueActions | null>(null);

  // With room for both, the first result is open from the start; the address only names one that was chosen. Whoever
  // goes back to the list finds the place that they left.
  const [left, setLeft] = useState(selected);
  const isLeftListed = results.some(({ id }) => id === left);
  const shownId = selected ?? (isLeftListed ? left : results[0]?.id) ?? null;
  const current = results.findIndex(({ id }) => id === shownId);

  const focusRow = useCallback(
    () => list.current?.querySelector<HTMLElement>("[aria-current]")?.focus({ preventScroll: true }),
    [],
  );
  const wasSelected = useRef(selected !== null);
  useEffect(() => {
    if (selected) setLeft(selected);
    // On a small screen one of the two is out of sight, and the keyboard goes where the reader is.
    if (wasSelected.current !== (selected !== null) && !isWide()) {
      if (selected) pane.current?.focus();
      else focusRow();
    }
    wasSelected.current = selected !== null;
  }, [selected, focusRow]);

  const open = useCallback(
    (result: ResultRow, byKeyboard: boolean) => {
      change({ result: result.id }, selected ? "replace" : "push");
      if (byKeyboard) pane.current?.focus();
    },
    [change, selected],
  );
  const step = (by: number) => {
    const next = results[Math.max(0, current + by)];
    if (next) change({ result: next.id });
  };
  const back = useCallback(() => {
    if (isWide()) focusRow();
    else change({ result: null });
  }, [change, focusRow]);
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const narrow = useCallback(
    (changes: { status?: string; q?: string }) => {
      setLeft(null);
      change({ ...changes, result: null });
    },
    [change],
  );
  const onText = useCallback((q: string) => narrow({ q }), [narrow]);

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
    "?": () => setHelpOpen(true),
  });

  return (
    <div className="flex h-full flex-col">
      <div className={cn("flex flex-col gap-3 border-b px-4 pt-1 pb-3 sm:px-6", selected && "max-md:hidden")}>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1">
            <RunHeader run={run} />
          </div>
          <div className="flex items-center gap-1">
            <KeysHelp isOpen={isHelpOpen} onOpenChange={setHelpOpen} canCreate={canCreate} />
            <RunIssuesButton projectId={projectId} runId={run.id} />
          </div>
        </div>
        <ResultFilter
          totals={run.totals}
          filter={filter}
          searchRef={search}
          onStatuses={(statuses) => narrow({ status: statuses.join(",") })}
          onText={onText}
          onLeave={focusRow}
        />
      </div>
      <div className="relative flex min-h-0 flex-1">
        {/* Out of sight it keeps its size, and with it the place that was scrolled to. */}
        <div ref={list} className={cn("min-w-0 flex-1 md:max-w-[46%] md:border-r", selected && "max-md:invisible")}>
          {error && <ProblemNotice problem={problemOf(error)} className="m-4" />}
          {results.length > 0 ? (
            <ResultList
              results={results}
              environment={run.environment}
              current={current}
              hasMore={hasNextPage}
              onMore={more}
              onSelect={open}
            />
          ) : (
            !error && (
              <Nothing
                isFiltered={filter.statuses.length > 0 || filter.q !== ""}
                onClear={() => narrow({ status: "", q: "" })}
              />
            )
          )}
        </div>
        <div
          ref={pane}
          tabIndex={-1}
          className={cn(
            "min-w-0 flex-1 overflow-y-auto bg-surface outline-none focus-visible:shadow-[inset_2px_0_0_var(--accent)]",
            selected ? "max-md:absolute max-md:inset-0" : "max-md:hidden",
          )}
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

const Nothing = ({ isFiltered, onClear }: { isFiltered: boolean; onClear(): void }) => (
  <Empty
    icon={ListFilter}
    title={isFiltered ? "No result matches" : "No results"}
    action={isFiltered && <Button onClick={onClear}>Clear the filter</Button>}
  >
    {isFiltered ? "Nothing in this run has this status and text." : "The files of this run had no test cases."}
  </Empty>
);
