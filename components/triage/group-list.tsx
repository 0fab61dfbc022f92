"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, ChevronRight, Waves } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { useFollow } from "@/components/ui/use-follow";
import { Row } from "./group-row";
import type { Line } from "./sections";

type Props = {
  lines: Line[];
  environment: string | null;
  /** The group that is shown beside the list. */
  shownId: string | null;
  chosen: ReadonlySet<string>;
  hasMore: boolean;
  isAwayOpen: boolean;
  onAway(isOpen: boolean): void;
  onMore(): void;
  onChoose: ((id: string, isRange: boolean) => void) | undefined;
  onOpen(id: string, byKeyboard: boolean): void;
};

const heights: Record<Line["kind"], number> = { group: 56, more: 56, heading: 36 };

/** The problems of a run: only the rows that are in sight exist, and further pages come as they are reached. */
export function GroupList({ lines, shownId, hasMore, onMore, ...rest }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heights[lines[index]?.kind ?? "group"],
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const endsWithMore = lines.at(-1)?.kind === "more";

  useEffect(() => {
    if (hasMore && endsWithMore && lastShown >= lines.length - 20) onMore();
  }, [hasMore, endsWithMore, lastShown, lines.length, onMore]);

  // Lines of other kinds take each other's places, and with them another height.
  const { scrollToIndex, measure } = virtual;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines, other heights.
  useEffect(measure, [lines, measure]);

  const current = lines.findIndex(({ id }) => id === shownId);
  useFollow(scroller, current, scrollToIndex);

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto" data-testid="problems">
      <ul aria-label="Problems" className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, size }) => {
          const line = lines[index];
          return (
            line && (
              <li key={line.id} className="absolute inset-x-0 border-b" style={{ height: size, top: start }}>
                <LineView line={line} isCurrent={line.id === shownId} {...rest} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

type LineProps = Omit<Props, "lines" | "shownId" | "hasMore" | "onMore"> & { line: Line; isCurrent: boolean };

function LineView({
  line,
  isCurrent,
  environment,
  chosen,
  isAwayOpen,
  onAway,
  onChoose,
  onOpen,
}: LineProps): ReactNode {
  if (line.kind === "more")
    return (
      <div className="px-4 py-2.5">
        <Skeleton className="h-8" />
      </div>
    );
  if (line.kind === "group")
    return (
      <Row
        group={line.group}
        environment={environment}
        isCurrent={isCurrent}
        isChosen={chosen.has(line.id)}
        onChoose={onChoose}
        onOpen={onOpen}
      />
    );
  const count = `${line.count.toLocaleString("en")}${line.isMore ? "+" : ""}`;
  if (line.id === "flaky")
    return (
      <h2 className="flex h-full items-center gap-1.5 bg-subtle px-3.5 font-medium">
        <Waves className="size-3.5 text-flaky" aria-hidden /> Flaky <span className="text-muted">{count}</span>
        <span className="truncate font-normal text-meta text-muted">failed first, then passed</span>
      </h2>
    );
  const Chevron = isAwayOpen ? ChevronDown : ChevronRight;
  return (
    <h2 className="h-full bg-subtle">
      <button
        type="button"
        aria-expanded={isAwayOpen}
        onClick={() => onAway(!isAwayOpen)}
        className="flex size-full items-center gap-1.5 px-3.5 font-medium hover:bg-hover focus-visible:-outline-offset-2"
      >
        <Chevron className="size-3.5 text-muted" aria-hidden /> Muted or assessed away{" "}
        <span className="text-muted">{count}</span>
      </button>
    </h2>
  );
}
