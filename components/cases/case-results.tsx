"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { call, problemOf } from "@/components/api";
import { useLive } from "@/components/live/use-live";
import { inWords } from "@/components/results/duration";
import { StatusIcon } from "@/components/results/status";
import { Link } from "@/components/ui/link";
import { LoadMore } from "@/components/ui/load-more";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Time } from "@/components/ui/time";
import type { HistoryRow } from "@/lib/results/case-shapes";
import { firstLine } from "@/lib/richtext/terminal";
import { resultHref } from "./result-href";

type ResultsPage = { results: HistoryRow[]; next: string | null };
type Props = { projectId: string; caseId: string; first: ResultsPage };

/** Every result of a case, newest first, page after page. */
export function CaseResults({ projectId, caseId, first }: Props) {
  const pages = useInfiniteQuery({
    queryKey: ["case-results", caseId],
    queryFn: ({ pageParam, signal }) =>
      call<ResultsPage>(
        `/api/projects/${projectId}/cases/${caseId}/results${pageParam ? `?cursor=${pageParam}` : ""}`,
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    initialData: { pages: [first], pageParams: [""] },
  });
  const { data, error, refetch } = pages;
  useLive({ topics: ["run"], projectId }, () => void refetch());
  const results = data.pages.flatMap((page) => page.results);
  if (results.length === 0) return <p className="text-muted">No run has had it yet.</p>;
  return (
    <>
      <ul className="border-t" aria-label="Results of this case">
        {results.map((row) => (
          <li key={row.resultId} className="border-b">
            <Link
              href={resultHref(projectId, row)}
              prefetch={false}
              className="flex min-h-8 items-center gap-3 px-2 py-1 hover:bg-hover"
            >
              <StatusIcon status={row.status} />
              <span className="w-14 shrink-0 font-medium">#{row.runNumber}</span>
              <span className="w-24 shrink-0 truncate text-muted max-sm:hidden" title={row.branch ?? undefined}>
                {row.branch}
              </span>
              <span className="min-w-0 flex-1 truncate text-muted">
                {[row.environment, row.message && firstLine(row.message)].filter(Boolean).join(" · ")}
              </span>
              <span className="shrink-0 text-meta text-muted">
                <span className="max-sm:hidden">{inWords(row.durationMs)} · </span>
                <Time at={row.createdAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {error && <ProblemNotice problem={problemOf(error)} className="mt-3" />}
      <LoadMore query={pages} />
    </>
  );
}
