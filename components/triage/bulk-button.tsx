"use client";

import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import type { BulkSelection } from "@/components/bulk/bulk-dialog";
import { Button } from "@/components/ui/button";
import { onUse, WhileUsed } from "@/components/ui/on-use";

// On first use only.
const dialog = onUse(() => import("@/components/bulk/bulk-dialog"));

type Props = {
  projectId: string;
  runId: string;
  /** What the list shows; null: the whole run. */
  selection: BulkSelection;
};

/** Files many of a run's failures at once; the dialog counts what will happen first. */
export function BulkButton({ projectId, runId, selection }: Props) {
  // As it was when the dialog was opened: the list may change under it.
  const [asked, setAsked] = useState<{ selection: BulkSelection } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button ref={button} size="sm" variant="primary" onClick={() => setAsked({ selection })}>
        <Plus aria-hidden /> Create issues…
      </Button>
      {asked && (
        <WhileUsed part={dialog} giveUp={() => setAsked(null)}>
          {({ default: BulkDialog }) => (
            <BulkDialog
              projectId={projectId}
              runId={runId}
              selection={asked.selection}
              onClose={() => setAsked(null)}
              onCloseAutoFocus={(event) => {
                event.preventDefault();
                button.current?.focus();
              }}
            />
          )}
        </WhileUsed>
      )}
    </>
  );
}
