import { queryOptions } from "@tanstack/react-query";
import { call } from "@/components/api";
import type { FormView } from "@/lib/issues/shapes";
import type { Place } from "./place";

/** Where an issue can go, and where this person's form stands. */
export const formQuery = (projectId: string, { resultId, groupId }: Place) =>
  queryOptions({
    queryKey: ["issue-form", projectId, resultId, groupId],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ resultId, ...(groupId && { groupId }) });
      return call<FormView>(`/api/projects/${projectId}/drafts?${query}`, { signal });
    },
  });
