"use client";

import type { MouseEvent } from "react";
import { cn } from "@/components/ui/cn";
import type { ResultRow } from "@/lib/results/shapes";
import { suitePath } from "@/lib/results/suite-path";
import { firstLine } from "@/lib/richtext/terminal";
import { inWords } from "./duration";
import { StatusIcon } from "./status";

type Props = {
  result: ResultRow;
  /** The run's own environment goes without saying. */
  environment: string | null;
  /** Where it stands, for a tab of its own. */
  href: string;
  isCurrent?: boolean;
  onSelect(result: ResultRow, byKeyboard: boolean): void;
};

/** A result in a list: what it is, what it said, how long it took. */
export function ResultLine({ result, environment, href, isCurrent = false, onSelect }: Props) {
  const { id, name, status, message, attempt, durationMs } = result;
  const said = (message && firstLine(message)) || suitePath(result);
  const select = (event: MouseEvent) => {
    // A new tab or window is the browser's business; the address is a real one.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    // A click that no pointer made.
    onSelect(result, event.detail === 0);
  };
  return (
    <a
      href={href}
      onClick={select}
      aria-current={isCurrent || undefined}
      data-result={id}
      className={cn(
        "flex h-full items-center gap-2.5 border-transparent border-l-2 px-3.5 hover:bg-hover focus-visible:-outline-offset-2",
        isCurrent && "border-accent bg-selected hover:bg-selected",
      )}
    >
      <StatusIcon status={status} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span dir="auto" title={name} className="truncate font-medium">
            {name}
          </span>
          {attempt > 1 && <span className="shrink-0 text-meta text-muted">{attempt} attempts</span>}
          {result.environment && result.environment !== environment && (
            <span title={result.environment} className="max-w-[30%] shrink-0 truncate text-meta text-muted">
              {result.environment}
            </span>
          )}
        </span>
        <span dir="auto" title={said} className="block truncate text-left text-meta text-muted">
          {said}
        </span>
      </span>
      <span className="shrink-0 text-meta text-muted">{inWords(durationMs)}</span>
    </a>
  );
}
