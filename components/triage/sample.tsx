"use client";

import { problemOf } from "@/components/api";
import { FailureText } from "@/components/results/failure-text";
import { useResult } from "@/components/results/use-results";
import { Link } from "@/components/ui/link";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { Result } from "@/lib/results/shapes";
import { withoutCodes } from "@/lib/richtext/terminal";
import type { GroupRow } from "@/lib/triage/shapes";
import type { Place } from "./use-groups";

type Props = {
  place: Place;
  sample: GroupRow["sample"];
  first: Result | null;
  isOfRun: boolean;
  isSettled: boolean;
  canManage: boolean;
};

/** One failure that stands for all of a group: what it said and where. */
export function Sample({ place, sample, first, isOfRun, isSettled, canManage }: Props) {
  // Of a group that is not in this run the sample is another run's result, which this run's address does not know.
  const isHere = first?.id === sample.resultId;
  const { data, error, isPlaceholderData } = useResult(
    place,
    isOfRun && (isSettled || isHere) ? sample.resultId : null,
    first,
  );
  const where = [sample.suite, sample.name].filter(Boolean).join(" › ");
  const result = isPlaceholderData ? undefined : data?.result;
  return (
    <section aria-label="Sample" className="flex flex-col gap-2">
      <h3
        dir="auto"
        className="line-clamp-3 break-words text-left text-meta text-muted"
        title={`One of its failures: ${where}`}
      >
        Sample: {withoutCodes(where)}
      </h3>
      {isOfRun && error && <ProblemNotice problem={problemOf(error)} />}
      {result ? <FailureText result={result} isShort /> : isOfRun && !error && <Skeleton className="h-40" />}
      {canManage && result?.message && (
        <Link
          href={`/projects/${place.projectId}/settings/known-issues?result=${result.id}`}
          className="self-start text-link text-meta hover:underline"
        >
          Make a rule of this message
        </Link>
      )}
    </section>
  );
}
