"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { GitBranch, ListChecks } from "lucide-react";
import { call, problemOf } from "@/components/api";
import { useLive } from "@/components/live/use-live";
import { Badge } from "@/components/ui/badge";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { LoadMore } from "@/components/ui/load-more";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Time } from "@/components/ui/time";
import type { ResultStatus } from "@/lib/db/generated/enums";
import type { RunRow as Run } from "@/lib/results/shapes";
import { inWords } from "./duration";
import { StatusCount, statusOrder } from "./status";

type RunsPage = { runs: Run[]; next: string | null };
type Props = {
  projectId: string;
  defaultBranch: string;
  first: RunsPage;
  /** What the runs are narrowed to, as the API takes it. */
  filter?: Partial<Record<"branch" | "environment" | "commit", string>>;
};

/** The runs of a project, newest first; new ones appear by themselves. */
export function RunsList({ projectId, defaultBranch, first, filter = {} }: Props) {
  const query = new URLSearchParams(filter).toString();
  const pages = useInfiniteQuery({
    queryKey: ["runs", projectId, query],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams(query);
      if (pageParam) asked.set("cursor", pageParam);
      return call<RunsPage>(`/api/projects/${projectId}/runs${asked.size > 0 ? `?${asked}` : ""}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    initialData: { pages: [first], pageParams: [""] },
  });
  const { data, error, refetch } = pages;
  useLive({ topics: ["run", "group"], projectId }, () => void refetch());
  const runs = data.pages.flatMap((page) => page.runs);

  if (runs.length === 0 && query)
    return (
      <Empty icon={ListChecks} title="No run matches">
        No run of this project has this branch, environment and commit.
      </Empty>
    );
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
          <RunRow key={run.id} run={run} columns={columns} {...{ projectId, defaultBranch }} />
        ))}
      </ul>
      <LoadMore query={pages} />
    </>
  );
}

type RowProps = { run: Run; projectId: string; defaultBranch: string; columns: ResultStatus[] };

const RunRow = ({ run, projectId, defaultBranch, columns }: RowProps) => (
  <li className="border-b">
    <Link
      href={`/projects/${projectId}/runs/${run.id}`}
      className="grid grid-cols-[2.5rem_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5 px-2 py-1.5 hover:bg-hover md:grid-cols-[2.5rem_minmax(0,1fr)_auto_8.5rem_10rem]"
    >
      <span className="font-medium">#{run.number}</span>
      <span className="flex min-w-0 items-center gap-2">
        <GitBranch className="size-3.5 shrink-0 text-muted" aria-hidden />
        <span className="max-w-32 shrink-0 truncate sm:max-w-64" title={run.branch ?? undefined}>
          {run.branch ?? "no branch"}
        </span>
        {run.branch === defaultBranch && <Badge title="The project's default branch">default</Badge>}
        {run.commit && <span className="shrink-0 font-mono text-code text-muted">{run.commit.slice(0, 7)}</span>}
        {run.environment && (
          <span className="min-w-0 max-w-48 truncate text-muted" title={run.environment}>
            {run.environment}
          </span>
        )}
        {run.attempt > 1 && <span className="shrink-0 text-muted">attempt {run.attempt}</span>}
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
      <span className="col-start-2 whitespace-nowrap text-meta text-muted empty:max-md:hidden md:col-start-auto md:text-right">
        {run.problems > 0 && (
          <>
            {run.problems.toLocaleString("en")} {run.problems === 1 ? "problem" : "problems"}
            {run.newProblems > 0 && (
              <span className="font-medium text-fg"> · {run.newProblems.toLocaleString("en")} new</span>
            )}
          </>
        )}
      </span>
      <span className="col-start-2 whitespace-nowrap text-meta text-muted md:col-start-auto md:text-right">
        {inWords(run.durationMs)} · <Time at={run.createdAt} />
      </span>
    </Link>
  </li>
);
