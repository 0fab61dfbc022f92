"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { useFollow } from "@/components/ui/use-follow";
import type { ResultRow } from "@/lib/results/shapes";
import { ResultLine } from "./result-line";

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
  useFollow(scroller, current, scrollToIndex);

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
                <ResultLine
                  result={result}
                  environment={environment}
                  href={`?result=${result.id}`}
                  isCurrent={index === current}
                  onSelect={onSelect}
                />
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
