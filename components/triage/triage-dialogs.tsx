"use client";

import { onUse, WhileUsed } from "@/components/ui/on-use";
import type { GroupRow } from "@/lib/triage/shapes";
import type { Judgement } from "./patch";
import type { Dialogs } from "./use-dialogs";
import type { Place } from "./use-groups";

// On first use only.
const bulkDialog = onUse(() => import("@/components/bulk/bulk-dialog"));
const mergeDialog = onUse(() => import("./merge-dialog"));
const assessDialog = onUse(() => import("./assess-dialog"));

type Props = {
  place: Place;
  dialogs: Dialogs;
  onMerge(into: GroupRow, groups: readonly GroupRow[]): Promise<boolean>;
  onAssess(groups: readonly GroupRow[], judgement: Judgement): Promise<boolean>;
};

/** The dialog that is open, for the problems that it was opened for: the list may change under it. */
export function TriageDialogs({ place, dialogs: { dialog, close, focusBack }, onMerge, onAssess }: Props) {
  if (!dialog) return null;
  const { kind, groups } = dialog;
  const shared = { groups, onClose: close, onCloseAutoFocus: focusBack };
  if (kind === "merge")
    return (
      <WhileUsed part={mergeDialog} giveUp={close}>
        {({ default: MergeDialog }) => <MergeDialog {...shared} onMerge={(into) => onMerge(into, groups)} />}
      </WhileUsed>
    );
  if (kind === "assess")
    return (
      <WhileUsed part={assessDialog} giveUp={close}>
        {({ default: AssessDialog }) => (
          <AssessDialog {...shared} onAssess={(judgement) => onAssess(groups, judgement)} />
        )}
      </WhileUsed>
    );
  return (
    <WhileUsed part={bulkDialog} giveUp={close}>
      {({ default: BulkDialog }) => (
        <BulkDialog
          {...place}
          selection={{ groupIds: groups.map(({ id }) => id) }}
          onClose={close}
          onCloseAutoFocus={focusBack}
        />
      )}
    </WhileUsed>
  );
}
