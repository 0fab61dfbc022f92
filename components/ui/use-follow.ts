"use client";

import { type RefObject, useEffect } from "react";

/** Keeps the row that is open in sight of a virtual list; whoever has the keyboard in the list keeps it on that row. */
export function useFollow(
  scroller: RefObject<HTMLElement | null>,
  current: number,
  scrollToIndex: (index: number, options: { align: "auto" }) => void,
): void {
  useEffect(() => {
    if (current < 0) return;
    scrollToIndex(current, { align: "auto" });
    if (scroller.current?.contains(document.activeElement))
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>("[aria-current]")?.focus({ preventScroll: true }),
      );
  }, [current, scroller, scrollToIndex]);
}
