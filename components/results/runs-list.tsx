"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { GitBranch, ListChecks } from "lucide-react";
import Link from "next/link";
import { call } from "@/components/issues/api";
import { useLive } from "@/components/live/use-live";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Time } from "@/components/ui/time";
import type { Run } from "@/lib/results/shapes";
import { inWords } from "./duration";
import { TotalsLine } from "./status";

type RunsPage = { runs: Run[]; next: string | null };

/** The runs of a project, newest first; new ones appear by themselves. */
export function RunsList({ projectId, first }: { projectId: string; first: RunsPage }) {
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useInfiniteQuery({
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
        Import a JUnit file above, or send one from CI, and its results appear here.
      </Empty>
    );
  return (
    <>
      <ul className="border-t">
        {runs.map((run) => (
          <RunRow key={run.id} run={run} projectId={projectId} />
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

const RunRow = ({ run, projectId }: { run: Run; projectId: string }) => (
  <li className="border-b">
    <Link
      href={`/projects/${projectId}/runs/${run.id}`}
      className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-0.5 px-2 py-1.5 hover:bg-hover"
    >
      <span className="w-14 font-medium">#{run.number}</span>
      <span className="flex min-w-0 flex-1 basis-40 items-center gap-2">
        <GitBranch className="size-3.5 shrink-0 text-muted" aria-hidden />
        <span className="truncate">{run.branch ?? "no branch"}</span>
        {run.commit && <span className="font-mono text-code text-muted">{run.commit.slice(0, 7)}</span>}
        {run.environment && <span className="truncate text-muted">{run.environment}</span>}
      </span>
      <TotalsLine totals={run.totals} className="sm:justify-end" />
      <span className="whitespace-nowrap text-meta text-muted sm:w-44 sm:text-right">
        {inWords(run.durationMs)} · <Time at={run.createdAt} />
      </span>
    </Link>
  </li>
);
