"use client";

import { CircleDot } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { OpensOnUse, onUse } from "@/components/ui/on-use";
import { useIssues } from "./use-issues";

const list = onUse(() => import("./run-issues-list"));

type Props = { projectId: string; runId: string };

/** The issues that the results of a run have and those on their way: how many, and on demand which. */
export function RunIssuesButton({ projectId, runId }: Props) {
  const { data } = useIssues(projectId, { runId });
  const [isOpen, setOpen] = useState(false);
  const count = data && data.issues.length + data.creations.length;
  const opening = {
    isOpen,
    onOpenChange: setOpen,
    trigger: (
      <Button size="sm" aria-label="Issues of this run" title="Issues of this run">
        <CircleDot aria-hidden /> Issues <span className="min-w-2 text-muted">{count}</span>
      </Button>
    ),
  };
  return (
    <OpensOnUse part={list} popup="dialog" {...opening}>
      {({ default: RunIssuesList }) => <RunIssuesList projectId={projectId} runId={runId} {...opening} />}
    </OpensOnUse>
  );
}
