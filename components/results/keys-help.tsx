"use client";

import { Keyboard } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { isMac } from "@/components/ui/keyboard";

type Props = { isOpen: boolean; onOpenChange(isOpen: boolean): void; canCreate: boolean };

const reading = [
  ["j", "Next result"],
  ["k", "Previous result"],
  ["↵", "Go to the open result"],
  ["Esc", "Back to the list"],
  ["/", "Filter by suite, name or message"],
] as const;

const filing = [
  ["c", "Create an issue for the open result"],
  ["l", "Link an issue to it"],
] as const;

const anywhere = [
  [isMac ? "⌘ K" : "Ctrl K", "Go to any page"],
  ["?", "Show these keys"],
] as const;

/** The page's keys, and the button that shows them to those who do not know of `?`. */
export const KeysHelp = ({ isOpen, onOpenChange, canCreate }: Props) => (
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
      <dl className="grid grid-cols-[4rem_1fr] items-center gap-x-3 gap-y-2 pb-3">
        {[...reading, ...(canCreate ? filing : []), ...anywhere].map(([key, meaning]) => (
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
