"use client";

import type { RefObject } from "react";
import { TextFilter } from "@/components/results/text-filter";
import { cn } from "@/components/ui/cn";
import type { GroupTotals } from "@/lib/triage/shapes";

const filters = [
  { only: "new", word: "New", of: ({ new: count }: GroupTotals) => count },
  { only: "known", word: "Known", of: ({ known }: GroupTotals) => known },
  { only: "without_issue", word: "Without issue", of: ({ problems, withIssue }: GroupTotals) => problems - withIssue },
  { only: "flaky", word: "Flaky", of: ({ flaky }: GroupTotals) => flaky },
] as const;

/** The filter that an address names, if it is one of these. */
export const onlyOf = (named: string | null): string | null =>
  filters.some(({ only }) => only === named) ? named : null;

type Props = {
  totals: GroupTotals | null;
  only: string | null;
  q: string;
  searchRef: RefObject<HTMLInputElement | null>;
  onOnly(only: string | null): void;
  onText(q: string): void;
  onLeave(): void;
};

/** Narrows the problems: one of a few questions, and a text. */
export const ProblemFilter = ({ totals, only, q, searchRef, onOnly, onText, onLeave }: Props) => (
  <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1 max-lg:basis-full">
    <fieldset className="flex min-w-0 gap-1 overflow-x-auto p-0.5 max-sm:basis-full sm:flex-wrap">
      <legend className="sr-only">Show only</legend>
      {filters.map(({ only: name, word, of }) => {
        const isOn = only === name;
        const count = totals ? of(totals) : 0;
        if (count === 0 && !isOn) return null;
        return (
          <button
            key={name}
            type="button"
            aria-pressed={isOn}
            title={isOn ? "Show all again" : `Show only ${word.toLowerCase()}`}
            onClick={() => onOnly(isOn ? null : name)}
            className={cn(
              "inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-md border px-2",
              isOn ? "border-accent bg-selected" : "hover:bg-hover",
            )}
          >
            {word} <span className="text-muted">{count.toLocaleString("en")}</span>
          </button>
        );
      })}
    </fieldset>
    <TextFilter
      q={q}
      label="Filter by message, suite or name"
      searchRef={searchRef}
      onText={onText}
      onLeave={onLeave}
    />
  </div>
);
