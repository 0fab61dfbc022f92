"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import type { ResultStatus } from "@/lib/db/generated/enums";
import { statusOrder } from "./status";

export type Filter = { statuses: ResultStatus[]; q: string };

/** The run page's state, kept in its address, so that a link shows what its sender saw. */
export function useRunAddress() {
  const params = useSearchParams();
  const path = usePathname();
  const selected = params.get("result");
  const status = params.get("status") ?? "";
  const q = params.get("q") ?? "";

  const filter = useMemo<Filter>(() => {
    const named = status.split(",");
    return { statuses: statusOrder.filter((name) => named.includes(name)), q };
  }, [status, q]);

  const change = useCallback(
    (changes: Record<string, string | null>, kind: "push" | "replace" = "replace") => {
      const next = new URLSearchParams(location.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      const query = next.size > 0 ? `?${next}` : "";
      // Without a visit to the server: everything that changes is read by the client.
      history[kind === "push" ? "pushState" : "replaceState"](null, "", path + query);
    },
    [path],
  );

  return { selected, filter, change };
}

/** The part of an API address that carries the filter. */
export function filterQuery({ statuses, q }: Filter): string {
  const query = new URLSearchParams();
  if (statuses.length > 0) query.set("status", statuses.join(","));
  if (q) query.set("q", q);
  return query.toString();
}
