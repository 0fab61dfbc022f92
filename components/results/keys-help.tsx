"use client";

import { Keyboard } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { isMac } from "@/components/ui/keyboard";

type Key = readonly [key: string, meaning: string];
type View = "problems" | "results";

type Props = {
  view: View;
  isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  canCreate: boolean;
  canTriage?: boolean;
};

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
    ["c", "Create an issue for the open problem"],
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

/** The page's keys, and the button that shows them to those who do not know of `?`. */
export const KeysHelp = ({ view, isOpen, onOpenChange, canCreate, canTriage = false }: Props) => (
  <Dialog open={isOpen} onOpenChange={onOpenChange}>
    <DialogTrigger asChild>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label="Keys of this page"
        aria-keyshortcuts="?"
        title="Keys of this page (?)"
        className="max-sm:hidden"
      >
        <Keyboard aria-hidden />
      </Button>
    </DialogTrigger>
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
