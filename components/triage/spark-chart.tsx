"use client";

import { type KeyboardEvent, useId, useState } from "react";
import { Link } from "@/components/ui/link";
import { barHeight, sparkText } from "./sparkline";
import { counted } from "./words";

type Props = {
  projectId: string;
  values: readonly number[];
  runs: readonly { id: string; number: number }[];
  /** In this run it failed only at first. */
  isFlaky: boolean;
};

const full = 40;

/**
 * How often a group occurred over the latest runs: each bar leads to its run and says its number and count on hover and
 * focus. One stop for the keyboard; the arrows go from bar to bar.
 */
export function SparkChart({ projectId, values, runs, isFlaky }: Props) {
  const last = values.length - 1;
  const [stop, setStop] = useState(last);
  const [pointed, setPointed] = useState<number | null>(null);
  const caption = useId();
  const most = Math.max(...values, 1);
  const told = pointed === null ? undefined : runs[pointed];

  const move = (event: KeyboardEvent<HTMLUListElement>) => {
    const to = { ArrowLeft: stop - 1, ArrowRight: stop + 1, Home: 0, End: last }[event.key];
    if (to === undefined || to < 0 || to > last) return;
    event.preventDefault();
    setStop(to);
    event.currentTarget.querySelectorAll("a")[to]?.focus();
  };

  return (
    <section aria-label="Occurrences over runs" className="flex flex-wrap items-end gap-x-3 gap-y-1">
      <ul
        aria-describedby={caption}
        className="flex items-end border-b"
        onKeyDown={move}
        onMouseLeave={() => setPointed(null)}
        onBlur={() => setPointed(null)}
      >
        {values.map((value, index) => {
          const run = runs[index];
          const bar = (
            <span
              className={`w-2 rounded-t-[1px] group-hover/bar:bg-accent ${barColour(value, index === last, isFlaky)}`}
              style={{ height: barHeight(value, most, full) }}
            />
          );
          // Until it is known which runs they are, the bars are there and lead nowhere.
          if (!run)
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
              <li key={index} aria-hidden className="flex h-10 items-end px-px">
                {bar}
              </li>
            );
          return (
            <li key={run.id} className="flex">
              <Link
                href={`/projects/${projectId}/runs/${run.id}`}
                prefetch={false}
                tabIndex={index === Math.min(stop, last) ? 0 : -1}
                aria-label={`Run #${run.number}: ${value.toLocaleString("en")}`}
                onMouseEnter={() => setPointed(index)}
                onFocus={() => {
                  setPointed(index);
                  setStop(index);
                }}
                className="group/bar flex h-10 items-end px-px focus-visible:outline-offset-0"
              >
                {bar}
              </Link>
            </li>
          );
        })}
      </ul>
      <p id={caption} className="text-meta text-muted">
        {told && pointed !== null
          ? `#${told.number}: ${counted(values[pointed] ?? 0, "occurrence")}`
          : sparkText(values)}
      </p>
    </section>
  );
}

const barColour = (value: number, isThis: boolean, isFlaky: boolean): string => {
  if (value === 0) return "bg-line-strong";
  if (!isThis) return "bg-muted";
  return isFlaky ? "bg-flaky" : "bg-failed";
};
