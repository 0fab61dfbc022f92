"use client";

import { useSearchParams } from "next/navigation";
import { useMemo, useSyncExternalStore } from "react";
import type { ResultStatus } from "@/lib/db/generated/enums";
import { statusOrder } from "./status";
import { viewOf } from "./view-of";

export type Filter = { statuses: ResultStatus[]; q: string };

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
  };
}

export type ChangeAddress = typeof change;

/** Changes the address without a visit to the server: everything that changes is read by the client. */
function change(changes: Record<string, string | null>, kind: "push" | "replace" = "replace"): void {
  const next = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const query = next.size > 0 ? `?${next}` : "";
  history[kind === "push" ? "pushState" : "replaceState"](null, "", location.pathname + query);
  for (const listener of listeners) listener();
}

/**
 * The run page's state, kept in its address, so that a link shows what its sender saw. Read from the address itself:
 * useSearchParams follows a moment later, and a key that is held down would start twice from the same result.
 */
export function useRunAddress(isRed = true) {
  const routed = useSearchParams().toString();
  const search = useSyncExternalStore(
    subscribe,
    () => location.search,
    () => routed,
  );
  return useMemo(() => {
    const params = new URLSearchParams(search);
    const named = (params.get("status") ?? "").split(",");
    const filter: Filter = { statuses: statusOrder.filter((name) => named.includes(name)), q: params.get("q") ?? "" };
    const [selected, group] = [params.get("result"), params.get("group")];
    return { view: viewOf(params, isRed), group, selected, only: params.get("only"), filter, change };
  }, [search, isRed]);
}

/** The part of an API address that carries the filter. */
export function filterQuery({ statuses, q }: Filter): string {
  const query = new URLSearchParams();
  if (statuses.length > 0) query.set("status", statuses.join(","));
  if (q) query.set("q", q);
  return query.toString();
}
