"use client";

import { useQueryClient } from "@tanstack/react-query";
import { TriangleAlert, Unlink } from "lucide-react";
import { useState } from "react";
import { call, problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import type { LinkedIssue } from "@/lib/issues/shapes";
import { IssueChip } from "./issue-chip";
import type { Unlinking } from "./place";
import { shortKey } from "./short-key";
import { refreshIssues } from "./use-issues";

type Props = {
  projectId: string;
  issue: LinkedIssue;
  /** What it is for, where that has to be said. */
  scope?: string | null;
  /** Null: the reader may only look. */
  unlinking: Unlinking | null;
};

/** A linked issue, with the way to unlink it and, for a while, the way back. */
export function LinkedChip({ projectId, issue, scope, unlinking }: Props) {
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
  const relink = (to: NonNullable<Unlinking["back"]>) =>
    during(() =>
      call(`/api/integrations/${issue.integration.id}/link-issue`, {
        method: "POST",
        body: { projectId, ref: issue.url, ...to },
      }),
    );
  const unlink = ({ from, back }: Unlinking) =>
    during(async () => {
      await call(`/api/issues/${issue.id}/unlink`, { method: "POST", body: { projectId, ...from } });
      const undo = back && { action: { label: "Undo", onClick: () => void relink(back) } };
      toast(`Unlinked ${shortKey(issue.key)}`, undo ?? {});
    });
  const unlinkWord = `Unlink ${shortKey(issue.key)}${unlinking?.isWhole ? " from the whole problem" : ""}`;

  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-1">
        <IssueChip issue={issue} />
        {scope && <span className="shrink-0 text-meta text-muted">{scope}</span>}
        {unlinking && (
          <Tooltip label={unlinkWord}>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Unlink ${issue.key}`}
              disabled={isBusy}
              onClick={() => unlink(unlinking)}
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
