"use client";

import type { Opening } from "@/components/ui/on-use";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { IssueList } from "./case-issues";

type Props = Opening & { projectId: string; runId: string };

/** The issues of a run, beside the button that tells how many. */
export default function RunIssuesList({ projectId, runId, isOpen, onOpenChange, trigger }: Props) {
  return (
    <Popover open={isOpen} onOpenChange={onOpenChange}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
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
