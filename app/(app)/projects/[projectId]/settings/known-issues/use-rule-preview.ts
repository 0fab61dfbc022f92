"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call, problemOf } from "@/components/api";
import type { RulePreview, RuleView } from "@/lib/triage/rules/shapes";

const pauseMs = 400;

type What = Pick<RuleView, "kind" | "field" | "pattern"> & { issueId: string | null };

/** What the rule would have matched, a moment after the last letter was typed. */
export function useRulePreview(projectId: string, what: What) {
  const wanted = JSON.stringify({ ...what, pattern: what.pattern.trim() });
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), pauseMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { issueId, ...body }: What = JSON.parse(asked);
  const query = useQuery({
    queryKey: ["rule-preview", projectId, asked],
    queryFn: ({ signal }) =>
      call<RulePreview>(`/api/projects/${projectId}/known-issues/preview`, {
        ...{ method: "POST" as const, body: { ...body, ...(issueId && { issueId }) }, signal },
      }),
    enabled: body.pattern !== "",
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 30_000,
  });
  const isEmpty = what.pattern.trim() === "";
  const isBehind = !isEmpty && (asked !== wanted || query.isFetching);
  const problem = !isBehind && query.error ? problemOf(query.error) : null;
  return {
    preview: isEmpty || problem ? null : (query.data ?? null),
    /** What is shown belongs to what was typed before. */
    isBehind,
    problem,
    again: () => void query.refetch(),
  };
}
