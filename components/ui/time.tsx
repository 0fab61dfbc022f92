"use client";

import { useEffect, useState } from "react";

const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

const words = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });

function relative(date: Date, now: number): string {
  const seconds = Math.round((date.getTime() - now) / 1000);
  for (const [unit, size] of units)
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  return seconds > 5 ? words.format(seconds, "second") : "just now";
}

type Props = { at: Date | string; exact?: boolean; className?: string };

/**
 * How long ago (or ahead), the exact time in the viewer's zone on hover; `exact` writes that one out. Rendered on the
 * client, whose clock counts.
 */
export function Time({ at, exact: isExact, className }: Props) {
  const date = typeof at === "string" ? new Date(at) : at;
  const [now, setNow] = useState<number | null>(null);

  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);

  const exact = date.toISOString();
  return (
    <time dateTime={exact} title={now === null ? exact : date.toLocaleString()} className={className}>
      {now === null
        ? `${exact.slice(0, 16).replace("T", " ")} UTC`
        : isExact
          ? date.toLocaleString()
          : relative(date, now)}
    </time>
  );
}
