"use client";

import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "@/components/api";
import { useLive } from "@/components/live/use-live";
import type { CreationView, LinkedIssue } from "@/lib/issues/shapes";
import type { Subject } from "@/lib/issues/subject";

export type Issues = {
  issues: LinkedIssue[];
  creations: CreationView[];
  /** No tracker of the project takes new issues from here. */
  isLinkedOnly: boolean;
};

const keyOf = (projectId: string, subject: Subject) => ["issues", projectId, subject] as const;

/** The issues and unfinished creations of a result, case, run or failure group, kept up to date while they are shown. */
export function useIssues(projectId: string, subject: Subject) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: keyOf(projectId, subject),
    queryFn: ({ signal }) =>
      call<Issues>(`/api/projects/${projectId}/issues?${new URLSearchParams(subject)}`, { signal }),
    // News come by the live stream; this is for the day when it does not.
    refetchInterval: ({ state }) => (state.data?.creations.some(isUnderWay) ? 5_000 : false),
  });
  useLive({ projectId, topics: ["creation", "issue"] }, () => refreshIssues(client, projectId));
  return query;
}

/** Reads all shown issues of the project again. */
export const refreshIssues = (client: QueryClient, projectId: string): Promise<void> =>
  client.invalidateQueries({ queryKey: ["issues", projectId] });

/** Shows a creation at once, before the server has heard of it. */
export function showAtOnce(client: QueryClient, projectId: string, subject: Subject, creation: CreationView): void {
  client.setQueryData<Issues>(keyOf(projectId, subject), (known) => ({
    issues: known?.issues ?? [],
    isLinkedOnly: known?.isLinkedOnly ?? false,
    creations: [creation, ...(known?.creations.filter(({ id }) => id !== creation.id) ?? [])],
  }));
}

/** It may change without anybody doing something. */
export const isUnderWay = ({ state, error }: CreationView): boolean =>
  state === "queued" ||
  state === "sending" ||
  state === "unknown" ||
  (state === "held" && error?.retryAt !== undefined);
