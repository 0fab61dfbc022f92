"use client";

import { CircleDot } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { IssueList } from "./case-issues";
import { useIssues } from "./use-issues";

type Props = { projectId: string; runId: string };

/** The issues that the results of a run have and those on their way: how many, and on demand which. */
export function RunIssuesButton({ projectId, runId }: Props) {
  const { data } = useIssues(projectId, { runId });
  const count = data && data.issues.length + data.creations.length;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button size="sm" aria-label="Issues of this run" title="Issues of this run">
          <CircleDot aria-hidden /> Issues <span className="min-w-2 text-muted">{count}</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent
        align="end"
        aria-label="Issues of this run"
        className="max-h-96 w-96 max-w-[90vw] overflow-y-auto"
      >
        <IssueList projectId={projectId} subject={{ runId }} />
      </PopoverContent>
    </Popover>
  );
}
