"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call } from "@/components/api";
import type { RepositoryPage } from "@/lib/integrations/list-repositories";

// A tracker is asked once for a word, not once for each of its letters.
const pauseMs = 250;

/** What the credential reaches, narrowed at the tracker by what is typed, page by page. */
export function useRepositories(
  { projectId, assignmentId }: { projectId: string; assignmentId: string },
  text: string,
) {
  const [query, setQuery] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setQuery(text.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);

  const pages = useInfiniteQuery({
    queryKey: ["repositories", projectId, assignmentId, query],
    queryFn: ({ signal, pageParam }) => {
      const params = new URLSearchParams({ q: query, ...(pageParam !== null && { cursor: pageParam }) });
      return call<RepositoryPage>(`/api/projects/${projectId}/integrations/${assignmentId}/repositories?${params}`, {
        signal,
      });
    },
    initialPageParam: null as string | null, // the type of what follows, which the first page does not show
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return {
    ...pages,
    /** Each once, though a project may move to a later page while somebody reads. */
    repositories: [
      ...new Map(
        pages.data?.pages.flatMap((page) => page.repositories).map((one) => [one.remoteId, one]) ?? [],
      ).values(),
    ],
    /** What is shown answers an earlier text. */
    isBehind: pages.isPlaceholderData || query !== text.trim(),
  };
}
