"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import type { AssessmentView, GroupChangeView, GroupView } from "@/lib/triage/shapes";
import type { Triage } from "./use-triage";
import { wordOfStanding } from "./words";

type Props = { view: GroupView | undefined; canTriage: boolean; triage: Triage };
type Entry = { at: string } & ({ judged: AssessmentView } | { changed: GroupChangeView });

/** Everything that people, reports and rules have made of a problem, newest first. */
export default function History({ view, canTriage, triage }: Props) {
  if (!view) return <Skeleton className="h-16" />;
  const entries: Entry[] = [
    ...view.history.map((judged) => ({ at: judged.createdAt, judged })),
    ...view.changes.map((changed) => ({ at: changed.createdAt, changed })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  if (entries.length === 0)
    return <p className="text-muted">Nobody has changed its severity, assessed, merged or split it yet.</p>;
  return (
    <ol aria-label="History" className="flex flex-col">
      {entries.map((entry) =>
        "judged" in entry ? (
          <Judged key={entry.judged.id} entry={entry.judged} />
        ) : (
          <Changed
            key={entry.changed.id}
            change={entry.changed}
            onUndo={canTriage ? () => triage.undoChange(entry.changed.id) : undefined}
          />
        ),
      )}
    </ol>
  );
}

const row = "flex flex-wrap items-center gap-x-2 border-b py-1.5 last:border-b-0";

/** A change of a severity or an assessment, in one line. */
export function Judged({ entry }: { entry: AssessmentView }) {
  const { field, before, after, detail, reason, until, actorName, createdAt } = entry;
  return (
    <li className={row}>
      <span>
        {field === "severity" ? "Severity" : "Assessment"} {wordOfStanding(before)} →{" "}
        <span className="font-medium">{wordOfStanding(after)}</span>
        {until && (
          <>
            {" until "}
            <Time at={until} exact />
          </>
        )}
      </span>
      {detail && <span className="break-words text-muted">{detail}</span>}
      {reason && <span className="break-words text-muted">“{reason}”</span>}
      <span className="ml-auto text-meta text-muted">
        {actorName} · <Time at={createdAt} />
      </span>
    </li>
  );
}

const changeWords: Record<GroupChangeView["kind"], string> = {
  merge: "Problems merged into this one",
  split: "Split off",
  refine: "Told apart",
};

function Changed({ change, onUndo }: { change: GroupChangeView; onUndo: (() => Promise<unknown>) | undefined }) {
  const { kind, actorName, createdAt, undoneAt } = change;
  const [isBusy, setBusy] = useState(false);
  const undo = async () => {
    setBusy(true);
    await onUndo?.().finally(() => setBusy(false));
  };
  return (
    <li className={row}>
      <span className={undoneAt ? "text-muted line-through" : ""}>{changeWords[kind]}</span>
      {undoneAt && (
        <span className="text-muted">
          undone <Time at={undoneAt} />
        </span>
      )}
      {!undoneAt && onUndo && (
        <Button size="sm" busy={isBusy} onClick={undo}>
          Undo
        </Button>
      )}
      <span className="ml-auto text-meta text-muted">
        {actorName} · <Time at={createdAt} />
      </span>
    </li>
  );
}
