"use client";

import { useKeys } from "@/components/results/use-keys";

/** `j` and `k` move through the list's rows, `/` goes to the field that filters it. */
export function ListKeys() {
  const move = (by: number) => () => {
    const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
    const here = rows.indexOf(document.activeElement as HTMLElement); // -1 for whatever is no row
    const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by;
    rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
  };
  useKeys({
    j: move(1),
    k: move(-1),
    "/": () => document.querySelector<HTMLInputElement>("input[name=q]")?.focus(),
  });
  return null;
}
