"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { call } from "@/components/api";
import { onLive } from "@/components/live/channel";
import type { AttachmentsPage } from "@/lib/attachments/shapes";

const pageSize = 50;

/** The files of a result, page after page, kept up to date while they are shown. */
export function useFiles(projectId: string, resultId: string) {
  const query = useInfiniteQuery({
    queryKey: ["files", projectId, resultId],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam && `&cursor=${pageParam}`;
      return call<AttachmentsPage>(
        `/api/projects/${projectId}/results/${resultId}/attachments?limit=${pageSize}${cursor}`,
        { signal },
      );
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    staleTime: 60_000,
  });
  const { refetch } = query;
  // The news names the result that a file has come to or gone from: others may get thousands meanwhile.
  useEffect(
    () =>
      onLive((event) => {
        if (event.topic === "gap" || ("id" in event && event.topic === "attachment" && event.id === resultId))
          void refetch();
      }),
    [resultId, refetch],
  );
  const files = useMemo(() => query.data?.pages.flatMap((page) => page.attachments) ?? [], [query.data]);
  const last = query.data?.pages.at(-1);
  return { ...query, files, total: last?.total ?? 0, missing: last?.missing ?? [] };
}
