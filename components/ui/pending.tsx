"use client";

import { useEffect, useSyncExternalStore } from "react";

let pending = 0;
const listeners = new Set<() => void>();

function count(by: number): void {
  pending += by;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells that a page is on its way, for as long as that is true. */
export function usePending(isPending: boolean): void {
  useEffect(() => {
    if (!isPending) return;
    count(1);
    return () => count(-1);
  }, [isPending]);
}

/**
 * A line at the top while a page is on its way. The page that one leaves stays as it is until then: a skeleton between
 * the two would jump, and a boundary around the page would answer 200 for what is not found.
 */
export function PendingLine() {
  const isPending = useSyncExternalStore(
    subscribe,
    () => pending > 0,
    () => false,
  );
  if (!isPending) return null;
  return (
    <div role="progressbar" aria-label="The page is on its way" className="fixed inset-x-0 top-0 z-50 h-0.5">
      <div className="h-full origin-left animate-pending bg-accent" />
    </div>
  );
}
