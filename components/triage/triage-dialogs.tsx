"use client";

import dynamic from "next/dynamic";
import type { GroupRow } from "@/lib/triage/shapes";
import type { Judgement } from "./patch";
import type { Dialogs } from "./use-dialogs";
import type { Place } from "./use-groups";

// On first use only.
const BulkDialog = dynamic(() => import("@/components/bulk/bulk-dialog"), { ssr: false });
const MergeDialog = dynamic(() => import("./merge-dialog"), { ssr: false });
const AssessDialog = dynamic(() => import("./assess-dialog"), { ssr: false });

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
  if (kind === "merge") return <MergeDialog {...shared} onMerge={(into) => onMerge(into, groups)} />;
  if (kind === "assess") return <AssessDialog {...shared} onAssess={(judgement) => onAssess(groups, judgement)} />;
  return (
    <BulkDialog
      {...place}
      selection={{ groupIds: groups.map(({ id }) => id) }}
      onClose={close}
      onCloseAutoFocus={focusBack}
    />
  );
}
