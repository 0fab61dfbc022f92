"use client";

import { problemOf } from "@/components/api";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { LinkedIssue } from "@/lib/issues/shapes";
import type { Subject } from "@/lib/issues/subject";
import { CreationRow } from "./creation-row";
import { IssueChip } from "./issue-chip";
import { LinkedChip } from "./linked-chip";
import { scopeOf } from "./place";
import { useIssues } from "./use-issues";

type Props = { projectId: string; caseId: string; canCreate?: boolean };

/** The issues of a test case, from all of its results. */
export function CaseIssues({ projectId, caseId, canCreate = false }: Props) {
  return <IssueList projectId={projectId} subject={{ caseId }} canUnlinkCase={canCreate ? caseId : null} />;
}

type ListProps = { projectId: string; subject: Subject; canUnlinkCase?: string | null };

/** Issues and what is on its way to become one. */
export function IssueList({ projectId, subject, canUnlinkCase = null }: ListProps) {
  const { data, error } = useIssues(projectId, subject);
  if (error) return <ProblemNotice problem={problemOf(error)} />;
  if (!data) return <Skeleton className="h-7 w-64" />;
  const { issues, creations } = data;
  if (issues.length + creations.length === 0) return <p className="text-muted">No issue yet.</p>;
  return (
    <ul className="flex min-w-0 flex-col gap-1.5" aria-label="Issues">
      {issues.map((issue) => (
        <li key={issue.id} className="flex min-w-0">
          {/* Only a link to the case itself can be taken off here; those of results are taken off at the result. */}
          {canUnlinkCase &&
          issue.links.some(({ resultId, caseId }) => resultId === null && caseId === canUnlinkCase) ? (
            <LinkedChip
              projectId={projectId}
              issue={issue}
              unlinking={{ from: { caseId: canUnlinkCase }, back: { caseId: canUnlinkCase } }}
            />
          ) : (
            <IssueWithScope issue={issue} />
          )}
        </li>
      ))}
      {creations.map((creation) => (
        <li key={creation.id}>
          <CreationRow creation={creation} />
        </li>
      ))}
    </ul>
  );
}

function IssueWithScope({ issue }: { issue: LinkedIssue }) {
  const scope = scopeOf(issue);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <IssueChip issue={issue} />
      {scope && <span className="shrink-0 text-meta text-muted">{scope}</span>}
    </span>
  );
}
