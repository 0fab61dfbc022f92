"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ChevronDown, Search } from "lucide-react";
import { useId, useRef, useState } from "react";
import { call, problemOf } from "@/components/api";
import { TotalsLine } from "@/components/results/status";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import type { Run, RunRow } from "@/lib/results/shapes";

type Props = { projectId: string; label: string; run: Run | null; branches: string[]; onPick: (runId: string) => void };

/** One of the project's runs, found by branch. */
export function RunPicker({ projectId, label, run, branches, onPick }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          className="min-w-0 max-w-full justify-start"
          aria-label={`${label}: ${run ? `run #${run.number}` : "choose a run"}`}
        >
          <span className="text-muted">{label}</span>
          {run ? <RunName run={run} /> : "Choose a run"}
          <ChevronDown aria-hidden />
        </Button>
      </PopoverTrigger>
      <PopoverContent
        align="start"
        aria-label={`${label}: choose a run`}
        className="w-104 max-w-[calc(100vw-1rem)] p-2"
      >
        <Choices
          projectId={projectId}
          current={run?.id ?? null}
          branches={branches}
          onPick={(id) => {
            setOpen(false);
            onPick(id);
          }}
        />
      </PopoverContent>
    </Popover>
  );
}

const RunName = ({ run }: { run: Run }) => (
  <span className="flex min-w-0 items-center gap-1.5">
    #{run.number}
    <span className="min-w-0 max-w-40 truncate font-normal text-muted">{run.branch ?? "no branch"}</span>
    {run.commit && <span className="font-mono text-code text-muted max-sm:hidden">{run.commit.slice(0, 7)}</span>}
  </span>
);

type RunsPage = { runs: RunRow[]; next: string | null };
type ChoicesProps = Pick<Props, "projectId" | "branches" | "onPick"> & { current: string | null };

function Choices({ projectId, current, branches, onPick }: ChoicesProps) {
  const [branch, setBranch] = useState("");
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["runs-to-compare", projectId, branch],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: "20" });
      if (branch) query.set("branch", branch);
      if (pageParam) query.set("cursor", pageParam);
      return call<RunsPage>(`/api/projects/${projectId}/runs?${query}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
  const runs = data?.pages.flatMap((page) => page.runs) ?? [];
  return (
    <div className="flex flex-col gap-2">
      <div className="relative">
        <Search className="absolute top-2.5 left-2.5 size-3.5 text-muted" aria-hidden />
        <Input
          type="search"
          aria-label="Branch"
          placeholder="Branch"
          value={branch}
          onChange={({ target }) => setBranch(target.value.trim())}
          list={listId}
          maxLength={250}
          className="pl-8"
        />
        <datalist id={listId}>
          {branches.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
      {error && <ProblemNotice problem={problemOf(error)} />}
      <div ref={box} className="max-h-72 overflow-y-auto">
        {!data && !error && <Skeleton className="h-32" />}
        {data && runs.length === 0 && <p className="px-2 py-4 text-muted">No run is of exactly this branch.</p>}
        <ul aria-label="Runs">
          {runs.map((run) => (
            <li key={run.id}>
              <button
                type="button"
                aria-current={run.id === current ? "true" : undefined}
                onClick={() => onPick(run.id)}
                className="flex w-full flex-wrap items-center gap-x-2 rounded-md px-2 py-1 text-left hover:bg-hover aria-[current]:bg-selected"
              >
                <RunName run={run} />
                <span className="ml-auto flex items-center gap-2 text-meta text-muted">
                  <TotalsLine
                    totals={{ error: run.totals.error, failed: run.totals.failed, passed: run.totals.passed }}
                  />
                  <Time at={run.createdAt} />
                </span>
              </button>
            </li>
          ))}
        </ul>
        {hasNextPage && (
          <Button variant="ghost" size="sm" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Older runs
          </Button>
        )}
      </div>
    </div>
  );
}
