"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { ResultRow } from "@/lib/results/shapes";
import { suitePath } from "@/lib/results/suite-path";
import { firstLine } from "@/lib/richtext/terminal";
import { inWords } from "./duration";
import { StatusIcon } from "./status";

type Props = {
  results: ResultRow[];
  /** The run's own environment goes without saying. */
  environment: string | null;
  /** Index of the result that is shown beside the list, or -1. */
  current: number;
  hasMore: boolean;
  onMore(): void;
  onSelect(result: ResultRow, byKeyboard: boolean): void;
};

const rowHeight = 48;

/** The results of a run: only the rows that are in sight exist, and further pages come as they are reached. */
export function ResultList({ results, environment, current, hasMore, onMore, onSelect }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const count = results.length + (hasMore ? 1 : 0);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (hasMore && lastShown >= results.length - 20) onMore();
  }, [hasMore, lastShown, results.length, onMore]);

  const { scrollToIndex } = virtual;
  useEffect(() => {
    if (current < 0) return;
    scrollToIndex(current, { align: "auto" });
    // Whoever has the keyboard in the list keeps it on the row that is open.
    if (scroller.current?.contains(document.activeElement))
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>("[aria-current]")?.focus({ preventScroll: true }),
      );
  }, [current, scrollToIndex]);

  return (
    <div ref={scroller} className="h-full overflow-y-auto" data-testid="results">
      <ul aria-label="Results" className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const result = results[index];
          return (
            <li
              key={result?.id ?? "more"}
              className="absolute inset-x-0 border-b"
              style={{ height: rowHeight, top: start }}
            >
              {result ? (
                <Row result={result} environment={environment} isCurrent={index === current} onSelect={onSelect} />
              ) : (
                <div className="px-4 py-2">
                  <Skeleton className="h-7" />
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

type RowProps = { result: ResultRow; environment: string | null; isCurrent: boolean } & Pick<Props, "onSelect">;

function Row({ result, environment, isCurrent, onSelect }: RowProps) {
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
      href={`?result=${id}`}
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
