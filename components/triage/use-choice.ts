"use client";

import { useCallback, useState } from "react";
import type { GroupRow } from "@/lib/triage/shapes";
import { begun, extended, nothing, toggled } from "./selection";

/** The problems that are chosen, of those that are listed: one that was merged away or filtered out is chosen no more. */
export function useChoice(listed: readonly GroupRow[]) {
  const [selection, setSelection] = useState(nothing);
  const chosen = listed.filter(({ id }) => selection.ids.has(id));
  const order = listed.map(({ id }) => id);

  const choose = (id: string, isRange: boolean) =>
    setSelection((now) => (isRange ? extended(now, order, id) : toggled(now, id)));
  /** Takes the row along that one goes to, and the one that one comes from. */
  const stretch = (from: string, to: string) =>
    setSelection((now) => extended(now.reach === from ? now : begun(now, from), order, to));
  const clear = useCallback(() => setSelection(nothing), []);

  return { ids: selection.ids, chosen, choose, stretch, clear };
}
