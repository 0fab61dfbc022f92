"use client";

import { Search } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import type { ResultStatus } from "@/lib/db/generated/enums";
import type { Run } from "@/lib/results/shapes";
import { statusLooks, statusOrder } from "./status";
import type { Filter } from "./use-run-address";

type Props = {
  totals: Run["totals"];
  filter: Filter;
  searchRef: RefObject<HTMLInputElement | null>;
  onStatuses(statuses: ResultStatus[]): void;
  onText(q: string): void;
  /** Enter and Escape lead on from the field. */
  onLeave(): void;
};

/** The run's totals, each a switch that shows only its results, and a filter by text. */
export function ResultFilter({ totals, filter, searchRef, onStatuses, onText, onLeave }: Props) {
  const toggle = (status: ResultStatus) =>
    onStatuses(
      filter.statuses.includes(status) ? filter.statuses.filter((one) => one !== status) : [...filter.statuses, status],
    );
  return (
    <div className="flex flex-wrap items-center gap-2">
      <fieldset className="flex min-w-0 flex-wrap gap-1">
        <legend className="sr-only">Show only</legend>
        {statusOrder.map((status) => {
          const on = filter.statuses.includes(status);
          return totals[status] > 0 || on ? (
            <StatusSwitch key={status} status={status} count={totals[status]} on={on} onToggle={toggle} />
          ) : null;
        })}
      </fieldset>
      <TextFilter q={filter.q} searchRef={searchRef} onText={onText} onLeave={onLeave} />
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

function TextFilter({
  q,
  searchRef,
  onText,
  onLeave,
}: { q: string } & Pick<Props, "searchRef" | "onText" | "onLeave">) {
  const [text, setText] = useState(q);
  const sent = useRef(q);
  useEffect(() => {
    // Cleared from elsewhere, or by the browser's Back.
    if (q === sent.current) return;
    sent.current = q;
    setText(q);
  }, [q]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onText(text);
    }, 200);
    return () => clearTimeout(timer);
  }, [text, onText]);

  return (
    <div className="relative min-w-0 flex-1 basis-44 sm:max-w-80">
      <Search className="pointer-events-none absolute top-2.5 left-2 size-3.5 text-muted" aria-hidden />
      <Input
        ref={searchRef}
        type="search"
        aria-label="Filter by suite, name or message"
        placeholder="Filter"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key !== "Escape" && key !== "Enter") return;
          currentTarget.blur();
          onLeave();
        }}
        className="peer pl-7"
      />
      <kbd
        aria-hidden
        className="pointer-events-none absolute top-1.5 right-1.5 hidden h-5 min-w-5 items-center justify-center rounded border font-mono text-code text-muted peer-placeholder-shown:sm:flex peer-focus:hidden!"
      >
        /
      </kbd>
    </div>
  );
}
