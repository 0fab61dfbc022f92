"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { problemOf } from "@/components/api";
import { ResultLine } from "@/components/results/result-line";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { ResultRow } from "@/lib/results/shapes";
import type { GroupRow } from "@/lib/triage/shapes";
import { type Place, useFailures } from "./use-groups";

type Props = {
  place: Place;
  group: GroupRow;
  environment: string | null;
  /** What scrolls: the pane, of which the list is only the end. */
  scrollerRef: RefObject<HTMLDivElement | null>;
  onResult(result: ResultRow, byKeyboard: boolean): void;
};

const rowHeight = 48;

/** All failures of a group in the run: fifty thousand of them scroll as three do. */
export function GroupFailures({ place, group, environment, scrollerRef, onResult }: Props) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, isPending } = useFailures(place, group.id);
  const results = useMemo(() => data?.pages.flatMap((page) => page.results) ?? [], [data]);
  const list = useRef<HTMLUListElement>(null);
  const margin = useMargin(list, scrollerRef);
  const virtual = useVirtualizer({
    count: results.length + (hasNextPage ? 1 : 0),
    getScrollElement: () => scrollerRef.current,
    estimateSize: () => rowHeight,
    scrollMargin: margin,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= results.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, lastShown, results.length, fetchNextPage]);

  return (
    <section aria-label="Failures" className="border-t pt-3">
      <h3 className="mb-1 font-medium">
        Failures <span className="font-normal text-muted">{(group.failures + group.flaky).toLocaleString("en")}</span>
      </h3>
      {error && <ProblemNotice problem={problemOf(error)} />}
      {isPending && <Skeleton className="h-24" />}
      <ul
        ref={list}
        aria-label="Failures of this problem"
        className="-mx-4 relative sm:-mx-6"
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map(({ index, start }) => {
          const result = results[index];
          return (
            <li
              key={result?.id ?? "more"}
              className="absolute inset-x-0 border-b sm:px-2"
              style={{ height: rowHeight, top: start - margin }}
            >
              {result ? (
                <ResultLine
                  result={result}
                  environment={environment}
                  href={`?group=${group.id}&result=${result.id}`}
                  onSelect={onResult}
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
    </section>
  );
}

/** How far below the top of what scrolls the list begins; what stands above it grows as it is read. */
function useMargin(list: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null>): number {
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const content = scroller.current?.firstElementChild;
    if (!content) return;
    const measure = () => {
      if (!list.current || !scroller.current) return;
      const { top } = list.current.getBoundingClientRect();
      setMargin(Math.round(top - scroller.current.getBoundingClientRect().top + scroller.current.scrollTop));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(content);
    measure();
    return () => observer.disconnect();
  }, [list, scroller]);
  return margin;
}
