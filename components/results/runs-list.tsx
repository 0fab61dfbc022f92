"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { GitBranch, ListChecks } from "lucide-react";
import { call, problemOf } from "@/components/api";
import { useLive } from "@/components/live/use-live";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Time } from "@/components/ui/time";
import type { ResultStatus } from "@/lib/db/generated/enums";
import type { Run } from "@/lib/results/shapes";
import { inWords } from "./duration";
import { StatusCount, statusOrder } from "./status";

type RunsPage = { runs: Run[]; next: string | null };

/** The runs of a project, newest first; new ones appear by themselves. */
export function RunsList({ projectId, first }: { projectId: string; first: RunsPage }) {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useInfiniteQuery({
    queryKey: ["runs", projectId],
    queryFn: ({ pageParam, signal }) =>
      call<RunsPage>(`/api/projects/${projectId}/runs${pageParam ? `?cursor=${pageParam}` : ""}`, { signal }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    initialData: { pages: [first], pageParams: [""] },
  });
  useLive({ topics: ["run"], projectId }, () => void refetch());
  const runs = data.pages.flatMap((page) => page.runs);

  if (runs.length === 0)
    return (
      <Empty icon={ListChecks} title="No runs yet">
        Import a JUnit file, or send one from CI, and its results appear here.
      </Empty>
    );
  // A column for each status that any of them has, so that one reads down a column.
  const columns = statusOrder.filter((status) => status === "passed" || runs.some(({ totals }) => totals[status] > 0));
  return (
    <>
      {error && <ProblemNotice problem={problemOf(error)} className="mb-3" />}
      <ul className="border-t">
        {runs.map((run) => (
          <RunRow key={run.id} run={run} projectId={projectId} columns={columns} />
        ))}
      </ul>
      {hasNextPage && (
        <div className="pt-3 text-center">
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
}

const RunRow = ({ run, projectId, columns }: { run: Run; projectId: string; columns: ResultStatus[] }) => (
  <li className="border-b">
    <Link
      href={`/projects/${projectId}/runs/${run.id}`}
      className="grid grid-cols-[2.5rem_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5 px-2 py-1.5 hover:bg-hover md:grid-cols-[2.5rem_minmax(0,1fr)_auto_10rem]"
    >
      <span className="font-medium">#{run.number}</span>
      <span className="flex min-w-0 items-center gap-2">
        <GitBranch className="size-3.5 shrink-0 text-muted" aria-hidden />
        <span className="truncate" title={run.branch ?? undefined}>
          {run.branch ?? "no branch"}
        </span>
        {run.commit && <span className="shrink-0 font-mono text-code text-muted">{run.commit.slice(0, 7)}</span>}
        {run.environment && (
          <span className="min-w-0 max-w-32 truncate text-muted" title={run.environment}>
            {run.environment}
          </span>
        )}
      </span>
      <span className="col-start-2 flex flex-wrap gap-x-3 md:col-start-auto md:gap-x-2">
        {columns.map((status) => (
          <span key={status} className="empty:max-md:hidden md:flex md:w-14 md:justify-end">
            {(run.totals[status] > 0 || status === "passed") && (
              <StatusCount status={status} count={run.totals[status]} />
            )}
          </span>
        ))}
      </span>
      <span className="col-start-2 whitespace-nowrap text-meta text-muted md:col-start-auto md:text-right">
        {inWords(run.durationMs)} · <Time at={run.createdAt} />
      </span>
    </Link>
  </li>
);
