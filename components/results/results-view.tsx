"use client";

import { ListFilter } from "lucide-react";
import { type ReactNode, useCallback, useRef, useState } from "react";
import { problemOf } from "@/components/api";
import type { BulkSelection } from "@/components/bulk/bulk-dialog";
import type { IssueActions } from "@/components/issues/result-issues";
import { BulkButton } from "@/components/triage/bulk-button";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useLater } from "@/components/ui/use-later";
import type { Result, ResultRow, Run } from "@/lib/results/shapes";
import { KeysHelp } from "./keys-help";
import { ResultFilter } from "./result-filter";
import { ResultList } from "./result-list";
import { ResultPane } from "./result-pane";
import { RunHead } from "./run-head";
import { SplitView } from "./split-view";
import { useKeys } from "./use-keys";
import { type ResultsPage, useResults } from "./use-results";
import { type Filter, useRunAddress } from "./use-run-address";
import { useSplit } from "./use-split";
import { hasFailures } from "./view-of";

export type FirstResults = { key: string; page: ResultsPage; result: Result | null };

type Props = {
  projectId: string;
  run: Run;
  /** Null: this view was opened from the other one, and reads for itself. */
  first: FirstResults | null;
  canCreate: boolean;
  switcher: ReactNode;
};

/** A run as the flat list of its results. */
export default function ResultsView({ projectId, run, first, canCreate, switcher }: Props) {
  const place = { projectId, runId: run.id };
  const { selected, filter, change } = useRunAddress();
  const { results, hasNextPage, isFetchingNextPage, fetchNextPage, error, isPending } = useResults(
    place,
    filter,
    first,
  );
  const search = useRef<HTMLInputElement>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const close = useCallback(() => change({ result: null }), [change]);
  const split = useSplit({ selected, ids: results.map(({ id }) => id), onClose: close });
  const { shownId, current, focusPane, focusRow, forget, back } = split;
  const issueActions = useLater<IssueActions>(shownId);

  const open = useCallback(
    (result: ResultRow, byKeyboard: boolean) => {
      change({ result: result.id }, selected ? "replace" : "push");
      if (byKeyboard) focusPane();
    },
    [change, selected, focusPane],
  );
  const step = (by: number) => {
    const next = results[Math.max(0, current + by)];
    if (next) change({ result: next.id });
  };
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const narrow = useCallback(
    (changes: { status?: string; q?: string }) => {
      forget();
      change({ ...changes, view: "results", result: null });
    },
    [change, forget],
  );
  const onText = useCallback((q: string) => narrow({ q }), [narrow]);

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => {
      if (shownId && !selected) change({ result: shownId }, "push");
      focusPane();
    },
    "/": () => search.current?.focus(),
    Escape: back,
    c: () => issueActions.ask(({ create }) => create()),
    l: () => issueActions.ask(({ link }) => link()),
    "?": () => setHelpOpen(true),
  });

  return (
    <>
      <RunHead
        projectId={projectId}
        run={run}
        isHidden={selected !== null}
        keys={<KeysHelp view="results" isOpen={isHelpOpen} onOpenChange={setHelpOpen} canCreate={canCreate} />}
        bulk={
          canCreate &&
          hasFailures(run.totals) && <BulkButton projectId={projectId} runId={run.id} selection={bulkOf(filter)} />
        }
      >
        {switcher}
        <ResultFilter
          totals={run.totals}
          filter={filter}
          searchRef={search}
          onStatuses={(statuses) => narrow({ status: statuses.join(",") })}
          onText={onText}
          onLeave={focusRow}
        />
      </RunHead>
      <SplitView
        isOpen={selected !== null}
        listRef={split.list}
        paneRef={split.pane}
        list={
          <>
            {error && <ProblemNotice problem={problemOf(error)} className="m-4" />}
            {isPending && <ListSkeleton />}
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
              !(error || isPending) && (
                <Nothing
                  isFiltered={filter.statuses.length > 0 || filter.q !== ""}
                  onClear={() => narrow({ status: "", q: "" })}
                />
              )
            )}
          </>
        }
        pane={
          <ResultPane
            place={place}
            resultId={shownId}
            first={first?.result ?? null}
            canCreate={canCreate}
            backTo="All results"
            onBack={back}
            register={issueActions}
          />
        }
      />
    </>
  );
}

/** What the list shows, as the bulk dialog is told of it. */
const bulkOf = ({ statuses, q }: Filter): BulkSelection =>
  statuses.length > 0 || q ? { filter: { status: statuses.join(","), ...(q && { q }) } } : null;

const ListSkeleton = () => (
  <div className="flex flex-col gap-4 p-4">
    {[1, 2, 3, 4, 5, 6].map((row) => (
      <Skeleton key={row} className="h-8" />
    ))}
  </div>
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
