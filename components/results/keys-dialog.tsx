"use client";

import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { isMac } from "@/components/ui/keyboard";
import type { Opening } from "@/components/ui/on-use";

type Key = readonly [key: string, meaning: string];
type View = "problems" | "results";

/** Whose keys: of the view, for what the reader may do. */
export type KeysOf = { view: View; canCreate: boolean; canTriage?: boolean };

const reading: Record<View, readonly Key[]> = {
  results: [
    ["j", "Next result"],
    ["k", "Previous result"],
    ["↵", "Go to the open result"],
    ["Esc", "Back to the list"],
    ["/", "Filter by suite, name or message"],
  ],
  problems: [
    ["j", "Next problem"],
    ["k", "Previous problem"],
    ["↵", "Go to the open problem"],
    ["Esc", "Back: from a failure, from the selection, to the list"],
    ["/", "Filter by message, suite or name"],
  ],
};

const filing: Record<View, readonly Key[]> = {
  results: [
    ["c", "Create an issue for the open result"],
    ["l", "Link an issue to it"],
  ],
  problems: [
    ["c", "Create an issue for the open problem, or for the selected ones"],
    ["l", "Link an issue to it"],
  ],
};

const choosing: readonly Key[] = [
  ["x", "Select the open problem"],
  ["⇧ J, ⇧ K", "Select on the way down or up"],
];

const triaging: readonly Key[] = [
  ["m", "Mute, or unmute"],
  ["s", "Set the severity"],
  ["⇧ M", "Merge the selected problems"],
  ["u", "Undo what was done last"],
];

const anywhere = [
  [isMac ? "⌘ K" : "Ctrl K", "Go to any page"],
  ["?", "Show these keys"],
] as const satisfies readonly Key[];

/** The page's keys. */
export default function KeysDialog({
  view,
  canCreate,
  canTriage = false,
  isOpen,
  onOpenChange,
  trigger,
}: KeysOf & Opening) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title="Keys" className="sm:max-w-sm">
        <dl className="grid grid-cols-[5.5rem_1fr] items-center gap-x-3 gap-y-2 pb-3">
          {[
            ...reading[view],
            ...(canCreate ? filing[view] : []),
            ...(view === "problems" && (canCreate || canTriage) ? choosing : []),
            ...(canTriage ? triaging : []),
            ...anywhere,
          ].map(([key, meaning]) => (
            <div key={key} className="contents">
              <dt className="justify-self-start">
                <kbd className="inline-block min-w-6 whitespace-nowrap rounded border bg-subtle px-1.5 py-0.5 text-center font-mono text-code">
                  {key}
                </kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
}
