"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

type Props = {
  count: number;
  canTriage: boolean;
  /** Menu of severities, around its button. */
  severity: ReactNode;
  /** Absent: the reader may not. */
  onCreate?: (() => void) | undefined;
  onMerge(): void;
  onMute(): void;
  isMuted: boolean;
  onAssess(): void;
  onClear(): void;
};

/** What can be done with the problems that are chosen. */
export const SelectionBar = (props: Props) => {
  const { count, canTriage, severity, onCreate, onMerge, onMute, isMuted, onAssess, onClear } = props;
  return (
    <section
      aria-label="Chosen problems"
      className="flex flex-wrap items-center gap-1 border-t bg-selected px-3 py-2 shadow-pop"
    >
      <span className="font-medium" role="status">
        {count.toLocaleString("en")} selected
      </span>
      <Button
        size="icon-sm"
        variant="ghost"
        onClick={onClear}
        className="mr-1"
        aria-label="Clear the selection"
        aria-keyshortcuts="Escape"
        title="Clear the selection (esc)"
      >
        <X aria-hidden />
      </Button>
      {onCreate && (
        <Button size="sm" variant="primary" onClick={onCreate} aria-keyshortcuts="c">
          Create issues…
        </Button>
      )}
      {canTriage && (
        <>
          <Button size="sm" onClick={onMerge} disabled={count < 2} aria-keyshortcuts="Shift+M" title="Merge (shift M)">
            Merge
          </Button>
          <Button size="sm" onClick={onMute} aria-keyshortcuts="m">
            {isMuted ? "Unmute" : "Mute"}
          </Button>
          <Button size="sm" onClick={onAssess}>
            Assess…
          </Button>
          {severity}
        </>
      )}
    </section>
  );
};
