"use client";

import type { RefObject } from "react";
import { cn } from "@/components/ui/cn";
import type { ResultStatus } from "@/lib/db/generated/enums";
import type { Run } from "@/lib/results/shapes";
import { statusLooks, statusOrder } from "./status";
import { TextFilter } from "./text-filter";
import type { Filter } from "./use-run-address";

type Props = {
  totals: Run["totals"];
  filter: Filter;
  searchRef: RefObject<HTMLInputElement | null>;
  onStatuses(statuses: ResultStatus[]): void;
  onText(q: string): void;
  onLeave(): void;
};

/** The run's totals, each a switch that shows only its results, and a filter by text. */
export function ResultFilter({ totals, filter, searchRef, onStatuses, onText, onLeave }: Props) {
  const toggle = (status: ResultStatus) =>
    onStatuses(
      filter.statuses.includes(status) ? filter.statuses.filter((one) => one !== status) : [...filter.statuses, status],
    );
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1 max-lg:basis-full">
      <fieldset className="flex min-w-0 flex-wrap gap-1">
        <legend className="sr-only">Show only</legend>
        {statusOrder.map((status) => {
          const on = filter.statuses.includes(status);
          return totals[status] > 0 || on ? (
            <StatusSwitch key={status} status={status} count={totals[status]} on={on} onToggle={toggle} />
          ) : null;
        })}
      </fieldset>
      <TextFilter
        q={filter.q}
        label="Filter by suite, name or message"
        searchRef={searchRef}
        onText={onText}
        onLeave={onLeave}
      />
    </div>
  );
}

type SwitchProps = { status: ResultStatus; count: number; on: boolean; onToggle(status: ResultStatus): void };

function StatusSwitch({ status, count, on, onToggle }: SwitchProps) {
  const { icon: Icon, word, colour } = statusLooks[status];
  return (
    <button
      type="button"
      aria-pressed={on}
      title={on ? "Show all again" : `Show only ${word.toLowerCase()}`}
      onClick={() => onToggle(status)}
      className={cn(
        "inline-flex h-7 items-center gap-1.5 rounded-md border px-2",
        colour,
        on ? "border-current bg-selected" : "hover:bg-hover",
      )}
    >
      <Icon className="size-3.5" aria-hidden />
      {count.toLocaleString("en")}
      <span className="max-sm:sr-only">{word}</span>
    </button>
  );
}
