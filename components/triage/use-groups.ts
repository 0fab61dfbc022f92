"use client";

import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { call } from "@/components/api";
import { useLive } from "@/components/live/use-live";
import type { ResultsPage } from "@/components/results/use-results";
import type { GroupsPage, GroupView } from "@/lib/triage/shapes";

export type Place = { projectId: string; runId: string };
export type Groups = InfiniteData<GroupsPage, string>;

const pageSize = 100;
const failuresPageSize = 100;
const restMs = 400;

const topics = ["run", "group", "issue", "creation"];

/** The part of an API address that carries the filter. */
export function groupsQuery(only: string | null, q: string): string {
  const query = new URLSearchParams();
  if (only) query.set("only", only);
  if (q) query.set("q", q);
  return query.toString();
}

/** The problems of a run that match the filter, page after page; read again when something that they show changes. */
export function useGroups({ projectId, runId }: Place, key: string, first: { key: string; page: GroupsPage } | null) {
  const query = useInfiniteQuery({
    queryKey: ["groups", runId, key],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam && `&cursor=${pageParam}`;
      return call<GroupsPage>(
        `/api/projects/${projectId}/runs/${runId}/groups?limit=${pageSize}${key && `&${key}`}${cursor}`,
        { signal },
      );
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    ...(key === first?.key && { initialData: { pages: [first.page], pageParams: [""] } }),
  });
  const groups = useMemo(() => {
    // A row that moved between two pages while they were read would stand in both.
    const byId = new Map(query.data?.pages.flatMap((page) => page.groups.map((group) => [group.id, group])));
    return [...byId.values()];
  }, [query.data]);
  return { ...query, groups, totals: query.data?.pages.at(-1)?.totals ?? null };
}

/** A group, whole, as the run shows it; nothing until it is there. */
export function useGroup({ projectId, runId }: Place, groupId: string | null) {
  return useQuery({
    queryKey: ["group", runId, groupId],
    queryFn: ({ signal }) => call<GroupView>(`/api/projects/${projectId}/groups/${groupId}?runId=${runId}`, { signal }),
    enabled: groupId !== null,
  });
}

/** The failures of a group in the run, page after page. */
export function useFailures({ projectId, runId }: Place, groupId: string) {
  return useInfiniteQuery({
    queryKey: ["group-failures", runId, groupId],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ groupId, limit: String(failuresPageSize) });
      if (pageParam) query.set("cursor", pageParam);
      return call<ResultsPage>(`/api/projects/${projectId}/runs/${runId}/results?${query}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
}

/** Reads again whatever is shown of the run's problems. */
export function useRefresh(runId: string): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    await Promise.all(
      ["groups", "group", "group-failures"].map((name) => client.invalidateQueries({ queryKey: [name, runId] })),
    );
  }, [client, runId]);
}

/** Keeps the problems up to date. Five hundred issues that are filed at once are read a few times, not each by itself. */
export function useLiveGroups({ projectId, runId }: Place): void {
  const refresh = useRefresh(runId);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  useLive({ topics, projectId }, () => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void refresh();
    }, restMs);
  });
}
