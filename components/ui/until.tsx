"use client";

import { useEffect, useState } from "react";

const day = 86_400_000;

/** "9 s", "3 min 20 s", "2 h 5 min": how long until then; empty when it is over. */
export function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds <= 0) return "";
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 9) return `${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** A time to come, by the viewer's clock and zone, and how far it is: "at 14:05 (in 3 min 20 s)". */
export function Until({ at, word }: { at: string; word: "at" | "by" }) {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);

  const date = new Date(at);
  if (now === null) return <time dateTime={at}>{`${word} ${at.slice(11, 16)} UTC`}</time>;
  const isToday = Math.abs(date.getTime() - now) < day && date.getDate() === new Date(now).getDate();
  const clock = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const left = inWords(date.getTime() - now);
  return (
    <time dateTime={at} title={date.toLocaleString()} className="tabular-nums">
      {word} {isToday ? clock : date.toLocaleString([], { dateStyle: "medium", timeStyle: "short" })}
      {/* A number that changes each second is not read out; the time beside it is. */}
      <span aria-hidden>{left ? ` (in ${left})` : " (any moment)"}</span>
    </time>
  );
}
