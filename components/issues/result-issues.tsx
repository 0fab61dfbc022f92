"use client";

import { useMemo } from "react";
import { IssuesSection, type SectionProps } from "./issues-section";

export type { IssueActions } from "./issues-section";

type Props = Omit<SectionProps, "place" | "failures"> & { resultId: string };

/** The issues of a result; those that are for its whole failure group are among them. */
export function ResultIssues({ resultId, ...props }: Props) {
  const place = useMemo(() => ({ resultId }), [resultId]);
  return <IssuesSection key={resultId} place={place} {...props} />;
}
