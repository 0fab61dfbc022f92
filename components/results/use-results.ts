"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { call } from "@/components/api";
import { useLive } from "@/components/live/use-live";
import type { Result, ResultRow, Run } from "@/lib/results/shapes";
import { type Filter, filterQuery } from "./use-run-address";

export type ResultsPage = { results: ResultRow[]; next: string | null };

const pageSize = 200;

type Place = { projectId: string; runId: string };

/** The results of a run that match the filter, page after page; read again when the run changes. */
export function useResults(
  { projectId, runId }: Place,
  filter: Filter,
  first: { key: string; page: ResultsPage } | null,
) {
  const key = filterQuery(filter);
  const query = useInfiniteQuery({
    queryKey: ["results", runId, key],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam && `&cursor=${pageParam}`;
      return call<ResultsPage>(
        `/api/projects/${projectId}/runs/${runId}/results?limit=${pageSize}${key && `&${key}`}${cursor}`,
        { signal },
      );
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    ...(key === first?.key && { initialData: { pages: [first.page], pageParams: [""] } }),
  });
  useLive({ topics: ["run"], projectId }, () => void query.refetch());
  const results = useMemo(() => query.data?.pages.flatMap((page) => page.results) ?? [], [query.data]);
  return { ...query, results };
}

/** The run's facts and totals, read again when it changes. */
export function useRun({ projectId, runId }: Place, first: Run): Run {
  const { data, refetch } = useQuery({
    queryKey: ["run", runId],
    queryFn: ({ signal }) => call<{ run: Run }>(`/api/projects/${projectId}/runs/${runId}`, { signal }),
    initialData: { run: first },
  });
  useLive({ topics: ["run"], projectId }, () => void refetch());
  return data.run;
}

/** One result, whole; the one before stays until it is there. */
export function useResult({ projectId, runId }: Place, resultId: string | null, first: Result | null) {
  return useQuery({
    queryKey: ["result", resultId],
    queryFn: ({ signal }) =>
      call<{ result: Result }>(`/api/projects/${projectId}/runs/${runId}/results/${resultId}`, { signal }),
    enabled: resultId !== null,
    ...(first && first.id === resultId && { initialData: { result: first } }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
