"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { AssessmentState } from "@/lib/db/generated/enums";
import { firstLine } from "@/lib/richtext/terminal";
import type { GroupRow } from "@/lib/triage/shapes";
import type { Judgement } from "./patch";
import { assessmentWords, counted } from "./words";

type Props = {
  groups: readonly Pick<GroupRow, "title" | "assessment" | "assessedUntil">[];
  /** What they are. */
  noun?: string;
  onAssess(judgement: Judgement): Promise<boolean>;
  onClose(): void;
  onCloseAutoFocus(event: Event): void;
};

const meanings: Record<AssessmentState, string> = {
  active: "It is a problem, and counts as one.",
  muted: "It is known and not worth anybody's time now.",
  false_positive: "The test is wrong, not what it tests.",
  risk_accepted: "It is a problem that is lived with, until a date.",
};

const order = Object.keys(meanings) as AssessmentState[]; // Object.keys forgets the key type

const dayMs = 86_400_000;
const dateIn = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

/** What people think of problems, with the reason that whoever comes later will look for. */
export default function AssessDialog({ groups, noun = "problem", onAssess, onClose, onCloseAutoFocus }: Props) {
  const [only] = groups;
  const [assessment, setAssessment] = useState<AssessmentState>(
    groups.length === 1 && only && only.assessment !== "active" ? only.assessment : "muted",
  );
  const [date, setDate] = useState(only?.assessedUntil?.slice(0, 10) ?? dateIn(30));
  const [reason, setReason] = useState("");
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    // The day counts to its end, where the reader is.
    const until = assessment === "risk_accepted" ? new Date(`${date}T23:59:59`).toISOString() : undefined;
    const isDone = await onAssess({
      assessment,
      ...(until && { until }),
      ...(reason.trim() && { reason: reason.trim() }),
    });
    setBusy(false);
    if (isDone) onClose();
  };

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title={groups.length === 1 ? `Assess this ${noun}` : `Assess ${counted(groups.length, noun)}`}
        description={groups.length === 1 && only ? <span dir="auto">{firstLine(only.title)}</span> : undefined}
        onCloseAutoFocus={onCloseAutoFocus}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" type="submit" form="assess" busy={isBusy}>
              Assess
            </Button>
          </>
        }
      >
        <form id="assess" onSubmit={submit} className="flex flex-col gap-4 pb-2">
          <fieldset className="flex flex-col gap-1">
            <legend className="sr-only">Assessment</legend>
            {order.map((state) => (
              <label
                key={state}
                className="flex cursor-pointer items-start gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover"
              >
                <input
                  type="radio"
                  name="assessment"
                  checked={state === assessment}
                  onChange={() => setAssessment(state)}
                  className="mt-0.5 size-4 accent-accent"
                />
                <span>
                  <span className="font-medium">{assessmentWords[state]}</span>
                  <span className="block text-muted">{meanings[state]}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {assessment === "risk_accepted" && (
            <Field label="Until" hint="After this day it counts as active again." required>
              <Input
                type="date"
                value={date}
                min={dateIn(0)}
                max={dateIn(2 * 365)}
                onChange={({ target }) => setDate(target.value)}
              />
            </Field>
          )}
          <Field label="Reason" required={assessment === "false_positive" || assessment === "risk_accepted"}>
            <Textarea value={reason} maxLength={2_000} onChange={({ target }) => setReason(target.value)} />
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
