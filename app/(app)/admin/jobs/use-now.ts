"use client";

import { useEffect, useState } from "react";

/** Now, by the server's clock at first, so that the first drawing is the server's; each second while it matters. */
export function useNow(readAt: Date, isLive: boolean): number {
  const startMs = readAt.getTime();
  const [nowMs, setNowMs] = useState(startMs);
  useEffect(() => {
    const clock = () => setNowMs(Math.max(startMs, performance.now() + aheadMs));
    const aheadMs = startMs - performance.now();
    clock();
    if (!isLive) return;
    const timer = setInterval(clock, 1000);
    return () => clearInterval(timer);
  }, [isLive, startMs]);
  return nowMs;
}
