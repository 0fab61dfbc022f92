"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import type { BulkItemView, BulkView } from "@/lib/issues/bulk/shapes";
import { BulkItem } from "./bulk-item";

type Props = {
  projectId: string;
  bulk: BulkView;
  items: readonly BulkItemView[];
  hasMore: boolean;
  onMore: () => void;
};

// Why one failed takes a second line.
const heightOf = (item: BulkItemView | undefined) => (item?.error ? 68 : 52);

/** The issues of a job: only the rows in sight exist, and further pages come as they are reached. */
export function BulkItems({ projectId, bulk, items, hasMore, onMore }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length + (hasMore ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(items[index]),
    overscan: 12,
  });
  const { measure } = virtual;
  const heights = items.map(heightOf).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was measured is out of date when a row has changed.
  useEffect(() => measure(), [measure, heights]);
  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= items.length - 20) onMore();
  }, [hasMore, lastShown, items.length, onMore]);

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
      <ul aria-label="Issues of this job" className="relative" style={{ height: virtual.getTotalSize() }}>
        {rows.map(({ index, start }) => {
          const item = items[index];
          return (
            <li
              key={item?.id ?? "more"}
              className="absolute inset-x-0 border-b"
              style={{ height: heightOf(item), top: start }}
            >
              {item ? <BulkItem projectId={projectId} bulk={bulk} item={item} /> : <Skeleton className="m-3 h-7" />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
