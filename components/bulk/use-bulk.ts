"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { call } from "@/components/api";
import { useLive } from "@/components/live/use-live";
import type { BulkPage, BulkView, Outcome } from "@/lib/issues/bulk/shapes";

const pageSize = 200;
// Hundreds of issues are told of one by one; nobody reads faster than this.
const pauseMs = 1_500;

/** Calls at most once in a while, and once more after the last news. */
export function usePaced(work: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, pauseMs);
  }, []);
}

/** A job and its items of some outcomes, page after page, read again while it goes on. */
export function useBulk(projectId: string, first: BulkPage, states: readonly Outcome[]) {
  const { id } = first.bulk;
  const state = states.join(",");
  const query = useInfiniteQuery({
    queryKey: ["bulk", id, state],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ limit: `${pageSize}`, ...(state && { state }), ...pageParam });
      return call<BulkPage>(`/api/projects/${projectId}/bulk/${id}?${search}`, { signal });
    },
    initialPageParam: {} as { cursor?: string },
    getNextPageParam: ({ next }) => (next ? { cursor: next } : null),
    placeholderData: keepPreviousData,
    ...(state === "" && { initialData: { pages: [first], pageParams: [{}] } }),
    // News come by the live stream; this is for the day when it does not.
    refetchInterval: ({ state: { data } }) => (data?.pages[0]?.bulk.isOver === false ? 5_000 : false),
  });
  useLive(
    { topics: ["bulk", "creation"], projectId },
    usePaced(() => void query.refetch()),
  );
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return { ...query, bulk: query.data?.pages[0]?.bulk ?? first.bulk, items };
}

/** The jobs of a run, newest first. */
export function useBulks(projectId: string, runId: string) {
  const query = useQuery({
    queryKey: ["bulks", projectId, runId],
    queryFn: ({ signal }) =>
      call<{ bulks: BulkView[] }>(`/api/projects/${projectId}/bulk?runId=${runId}&limit=5`, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.bulks.some(({ isOver }) => !isOver) ? 5_000 : false),
  });
  const refresh = usePaced(() => void query.refetch());
  // Of single creations only while a job is under way: without one they are nobody's here.
  const isOpen = query.data?.bulks.some(({ isOver }) => !isOver) ?? false;
  useLive({ topics: ["bulk", ...(isOpen ? ["creation"] : [])], projectId }, refresh);
  return query;
}
