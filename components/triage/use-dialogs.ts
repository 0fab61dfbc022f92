"use client";

import { useCallback, useRef, useState } from "react";
import type { GroupRow } from "@/lib/triage/shapes";

type Open = { kind: "merge" | "assess" | "bulk"; groups: readonly GroupRow[] };

/** Which dialog of the page is open, and the way of the keyboard back to where it was opened from. */
export function useDialogs(focusElse: () => void) {
  const [dialog, setDialog] = useState<Open | null>(null);
  const from = useRef<Element | null>(null);
  const open = useCallback((next: Open) => {
    from.current = document.activeElement;
    setDialog(next);
  }, []);
  const close = useCallback(() => setDialog(null), []);
  const focusBack = useCallback(
    (event: Event) => {
      event.preventDefault();
      const { current } = from;
      // The row may be gone with what was done.
      if (current instanceof HTMLElement && current.isConnected && current !== document.body) current.focus();
      else focusElse();
    },
    [focusElse],
  );
  return { dialog, open, close, focusBack };
}

export type Dialogs = ReturnType<typeof useDialogs>;
