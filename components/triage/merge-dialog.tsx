"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { firstLine } from "@/lib/richtext/terminal";
import type { GroupRow } from "@/lib/triage/shapes";
import { stayingOf } from "./patch";
import { counted } from "./words";

type Props = {
  groups: readonly GroupRow[];
  onMerge(into: GroupRow): Promise<boolean>;
  onClose(): void;
  onCloseAutoFocus(event: Event): void;
};

/** Several problems that are one: which of them stays, and what goes over to it. */
export default function MergeDialog({ groups, onMerge, onClose, onCloseAutoFocus }: Props) {
  const [intoId, setInto] = useState(stayingOf(groups)?.id);
  const [isBusy, setBusy] = useState(false);
  const into = groups.find(({ id }) => id === intoId);
  const failures = groups.reduce((total, group) => total + group.failures + group.flaky, 0);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!into) return;
    setBusy(true);
    const isDone = await onMerge(into);
    setBusy(false);
    if (isDone) onClose();
  };

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title={`Merge ${counted(groups.length, "problem")}`}
        description="One stays, with its title, severity and assessment. The others' failures and issues go over to it, now and in later runs."
        onCloseAutoFocus={onCloseAutoFocus}
        footer={
          <>
            <span className="mr-auto text-meta text-muted">{counted(failures, "failure")} in this run, together</span>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" type="submit" form="merge" busy={isBusy} autoFocus>
              Merge
            </Button>
          </>
        }
      >
        <form id="merge" onSubmit={submit}>
          <fieldset className="flex flex-col gap-1 pb-2">
            <legend className="mb-1 text-meta text-muted">This one stays</legend>
            {groups.map(({ id, title, failures: count, flaky, firstRun, issueCount }) => (
              <label key={id} className="flex cursor-pointer items-start gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover">
                <input
                  type="radio"
                  name="into"
                  checked={id === intoId}
                  onChange={() => setInto(id)}
                  className="mt-0.5 size-4 shrink-0 accent-accent"
                />
                <span className="min-w-0">
                  <span dir="auto" className="line-clamp-2 break-words text-left font-medium">
                    {firstLine(title)}
                  </span>
                  <span className="block text-meta text-muted">
                    {counted(count + flaky, "failure")} · since #{firstRun.number}
                    {issueCount > 0 && ` · ${counted(issueCount, "issue")}`}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
        </form>
      </DialogContent>
    </Dialog>
  );
}
