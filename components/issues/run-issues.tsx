"use client";

import { IssueList } from "./case-issues";

type Props = { projectId: string; runId: string };

/** The issues that the results of a run have, and those on their way. */
export function RunIssues({ projectId, runId }: Props) {
  return <IssueList projectId={projectId} subject={{ runId }} />;
}
