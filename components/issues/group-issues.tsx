"use client";

import { useMemo } from "react";
import { IssuesSection, type SectionProps } from "./issues-section";

type Props = Omit<SectionProps, "place"> & {
  groupId: string;
  /** The result that issues are created from; it is of this run. */
  sampleResultId: string;
  failures: number;
};

/** The issues of a failure group, and the ways to one for all of its failures at once. */
export function GroupIssues({ groupId, sampleResultId, ...props }: Props) {
  const place = useMemo(() => ({ resultId: sampleResultId, groupId }), [sampleResultId, groupId]);
  return <IssuesSection key={groupId} place={place} {...props} />;
}
