"use client";

import { Keyboard } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OpensOnUse, onUse } from "@/components/ui/on-use";
import type { KeysOf } from "./keys-dialog";

const dialog = onUse(() => import("./keys-dialog"));

type Props = KeysOf & { isOpen: boolean; onOpenChange(isOpen: boolean): void };

/** The button that shows the page's keys to those who do not know of `?`. */
export function KeysHelp({ isOpen, onOpenChange, ...of }: Props) {
  const opening = {
    isOpen,
    onOpenChange,
    trigger: (
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
    ),
  };
  return (
    <OpensOnUse part={dialog} popup="dialog" {...opening}>
      {({ default: KeysDialog }) => <KeysDialog {...of} {...opening} />}
    </OpensOnUse>
  );
}
