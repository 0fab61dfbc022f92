"use client";

import { ArrowLeft } from "lucide-react";
import { useCallback, useEffect, useRef } from "react";
import { problemOf } from "@/components/api";
import { type IssueActions, ResultIssues } from "@/components/issues/result-issues";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { Result } from "@/lib/results/shapes";
import { ResultDetail } from "./result-detail";
import { ResultFiles } from "./result-files";
import { useResult } from "./use-results";

type Props = {
  place: { projectId: string; runId: string };
  resultId: string | null;
  first: Result | null;
  canCreate: boolean;
  /** Where the way back leads; on a wide screen it is shown only where the list is not beside it. */
  backTo: string;
  isBackAlways?: boolean;
  onBack(): void;
  register: { current: IssueActions | null };
};

/** The open result beside the list, with its issues; on a small screen a page of its own. */
export function ResultPane({ place, resultId, first, canCreate, backTo, isBackAlways, onBack, register }: Props) {
  const { data, error, isPlaceholderData, isPaused } = useResult(place, resultId, first);
  const top = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another result is read from its beginning.
  useEffect(() => {
    top.current?.parentElement?.scrollTo(0, 0);
  }, [resultId]);
  const hand = useCallback(
    (actions: IssueActions | null) => {
      register.current = actions;
    },
    [register],
  );

  if (!resultId) return null;
  return (
    <div ref={top} className="px-4 py-4 sm:px-6">
      <Button variant="ghost" size="sm" onClick={onBack} className={cn("mb-2 -ml-2", !isBackAlways && "md:hidden")}>
        <ArrowLeft aria-hidden /> {backTo}
      </Button>
      {error && <ProblemNotice problem={problemOf(error)} />}
      {!data && !error && !isPaused && <DetailSkeleton />}
      {isPaused && <Notice title="You are offline">This result is read as soon as the connection is back.</Notice>}
      {data && !(isPaused && isPlaceholderData) && (
        <ResultDetail
          projectId={place.projectId}
          result={data.result}
          files={
            isPlaceholderData ? (
              <Skeleton className="h-17" />
            ) : (
              <ResultFiles
                key={data.result.id}
                projectId={place.projectId}
                resultId={data.result.id}
                canAdd={canCreate}
              />
            )
          }
          issues={
            // Until the next result is there its predecessor stays in sight, but nothing may be created for it.
            isPlaceholderData ? (
              <Skeleton className="h-8 w-52" />
            ) : (
              <ResultIssues
                projectId={place.projectId}
                resultId={data.result.id}
                canCreate={canCreate}
                register={hand}
              />
            )
          }
        />
      )}
    </div>
  );
}

const DetailSkeleton = () => (
  <div className="flex flex-col gap-4">
    <Skeleton className="h-16" />
    <Skeleton className="h-8 w-48" />
    <Skeleton className="h-64" />
  </div>
);
