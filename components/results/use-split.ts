"use client";

import { useCallback, useEffect, useRef, useState } from "react";

const isWide = () => matchMedia("(width >= 48rem)").matches;

/**
 * A list and what is open of it. With room for both, the first row is open from the start; the address only names one
 * that was chosen. Whoever goes back to the list finds the place that they left.
 */
export function useSplit({ selected, ids, onClose }: { selected: string | null; ids: string[]; onClose(): void }) {
  const list = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const [left, setLeft] = useState(selected);
  const shownId = selected ?? (left !== null && ids.includes(left) ? left : ids[0]) ?? null;

  const focusRow = useCallback(
    () => list.current?.querySelector<HTMLElement>("[aria-current]")?.focus({ preventScroll: true }),
    [],
  );
  const wasSelected = useRef(selected !== null);
  useEffect(() => {
    if (selected) setLeft(selected);
    // On a small screen one of the two is out of sight, and the keyboard goes where the reader is.
    if (wasSelected.current !== (selected !== null) && !isWide()) {
      if (selected) pane.current?.focus();
      else focusRow();
    }
    wasSelected.current = selected !== null;
  }, [selected, focusRow]);

  const back = useCallback(() => {
    if (isWide()) focusRow();
    else onClose();
  }, [onClose, focusRow]);
  const focusPane = useCallback(() => pane.current?.focus(), []);
  const forget = useCallback(() => setLeft(null), []);

  return { list, pane, shownId, current: ids.indexOf(shownId ?? ""), focusRow, focusPane, back, forget };
}
