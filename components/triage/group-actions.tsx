"use client";

import { Bell, BellOff } from "lucide-react";
import { useCallback } from "react";
import { GroupIssues } from "@/components/issues/group-issues";
import type { IssueActions } from "@/components/issues/result-issues";
import { Button } from "@/components/ui/button";
import type { GroupRow } from "@/lib/triage/shapes";
import type { Place } from "./use-groups";

type Props = {
  place: Place;
  group: GroupRow;
  canCreate: boolean;
  canTriage: boolean;
  register: { current: IssueActions | null };
  onMute(): void;
  onAssess(): void;
};

/** The issues of the open problem, and what can be done with it. */
export function GroupActions({ place, group, canCreate, canTriage, register, onMute, onAssess }: Props) {
  const hand = useCallback(
    (actions: IssueActions | null) => {
      register.current = actions;
    },
    [register],
  );
  const isMuted = group.assessment === "muted";
  const Icon = isMuted ? Bell : BellOff;
  return (
    <div className="flex flex-wrap items-end gap-2">
      {/* A long title is cut, not the pane made wider. */}
      <div className="min-w-0 max-w-full">
        <GroupIssues
          projectId={place.projectId}
          groupId={group.id}
          sampleResultId={group.sample.resultId}
          failures={group.failures + group.flaky}
          // An issue is written from a failure, and of another run's problem there is none here.
          canCreate={canCreate && group.failures + group.flaky > 0}
          register={hand}
        />
      </div>
      {canTriage && (
        <>
          <Button onClick={onMute} aria-keyshortcuts="m">
            <Icon aria-hidden /> {isMuted ? "Unmute" : "Mute"}
            <kbd aria-hidden className="font-sans text-muted max-sm:hidden">
              M
            </kbd>
          </Button>
          <Button onClick={onAssess}>Assess…</Button>
        </>
      )}
    </div>
  );
}
