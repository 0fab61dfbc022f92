"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { ResultRow } from "@/lib/results/shapes";
import { withoutAnsi } from "./ansi";
import { inWords } from "./duration";
import { StatusIcon } from "./status";

type Props = {
  results: ResultRow[];
  /** Index of the result that is shown beside the list, or -1. */
  current: number;
  hasMore: boolean;
  onMore(): void;
  onSelect(result: ResultRow): void;
};

const rowHeight = 48;

/** The results of a run: only the rows that are in sight exist, and further pages come as they are reached. */
export function ResultList({ results, current, hasMore, onMore, onSelect }: Props) {
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
    if (current >= 0) scrollToIndex(current, { align: "auto" });
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
                <Row result={result} isCurrent={index === current} onSelect={onSelect} />
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

type RowProps = { result: ResultRow; isCurrent: boolean; onSelect(result: ResultRow): void };

function Row({ result, isCurrent, onSelect }: RowProps) {
  const { id, suite, name, status, message, attempt, durationMs, environment } = result;
  const select = (event: MouseEvent) => {
    // A new tab or window is the browser's business; the address is a real one.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onSelect(result);
  };
  return (
    <a
      href={`?result=${id}`}
      onClick={select}
      aria-current={isCurrent || undefined}
      data-result={id}
      className={cn(
        "flex h-full items-center gap-2.5 border-transparent border-l-2 px-3.5 hover:bg-hover",
        isCurrent && "border-accent bg-selected hover:bg-selected",
      )}
    >
      <StatusIcon status={status} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="truncate font-medium">{name}</span>
          {attempt > 1 && <span className="shrink-0 text-meta text-muted">{attempt} attempts</span>}
          {environment && <span className="shrink-0 text-meta text-muted">{environment}</span>}
        </span>
        <span className="block truncate text-meta text-muted">
          {message ? withoutAnsi(message).split("\n", 1)[0] : suite}
        </span>
      </span>
      <span className="shrink-0 text-meta text-muted">{inWords(durationMs)}</span>
    </a>
  );
}
