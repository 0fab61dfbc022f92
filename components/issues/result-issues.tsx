"use client";

import { useMemo } from "react";
import { IssuesSection, type SectionProps } from "./issues-section";

export type { IssueActions } from "./issues-section";

type Props = Omit<SectionProps, "place" | "failures"> & { runId: string; resultId: string };

/** The issues of a result; those that are for its whole failure group are among them. */
export function ResultIssues({ resultId, runId: _, ...props }: Props) {
  const place = useMemo(() => ({ resultId }), [resultId]);
  return <IssuesSection key={resultId} place={place} {...props} />;
}
