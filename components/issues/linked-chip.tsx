"use client";

import { useQueryClient } from "@tanstack/react-query";
import { TriangleAlert, Unlink } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { call, problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import type { LinkedIssue } from "@/lib/issues/shapes";
import { IssueChip, shortKey } from "./issue-chip";
import { refreshIssues } from "./use-issues";

type From = { resultId: string } | { caseId: string };
type Props = { projectId: string; issue: LinkedIssue; from: From; canUnlink: boolean };

/** A linked issue, with the way to unlink it and, for a while, the way back. */
export function LinkedChip({ projectId, issue, from, canUnlink }: Props) {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const during = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      toast.error(problemOf(error).detail);
    } finally {
      setBusy(false);
      await refreshIssues(client, projectId);
    }
  };
  const relink = () =>
    during(() =>
      call(`/api/integrations/${issue.integration.id}/link-issue`, {
        method: "POST",
        body: { projectId, ref: issue.url, ...from },
      }),
    );
  const unlink = () =>
    during(async () => {
      await call(`/api/issues/${issue.id}/unlink`, { method: "POST", body: { projectId, ...from } });
      toast(`Unlinked ${shortKey(issue.key)}`, { action: { label: "Undo", onClick: () => void relink() } });
    });

  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-1">
        <IssueChip issue={issue} />
        {canUnlink && (
          <Tooltip label={`Unlink ${shortKey(issue.key)}`}>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Unlink ${issue.key}`}
              disabled={isBusy}
              onClick={unlink}
            >
              <Unlink aria-hidden />
            </Button>
          </Tooltip>
        )}
      </div>
      {issue.warnings?.map(({ kind, message }) => (
        <p key={kind} className="flex gap-1.5 text-meta text-muted">
          <TriangleAlert className="mt-0.5 size-3 shrink-0 text-flaky" aria-hidden /> {message}
        </p>
      ))}
    </div>
  );
}
