"use client";

import { useRef } from "react";

/** The row that so many steps lead to. When the open one has left the list, the steps go on from where it was. */
export function useNext(listed: readonly { id: string }[], current: number): (by: number) => string | undefined {
  const spot = useRef(0);
  if (current >= 0) spot.current = current;
  return (by) => {
    const to = current >= 0 ? current + by : spot.current + (by > 0 ? 0 : by);
    return listed[Math.min(Math.max(0, to), listed.length - 1)]?.id;
  };
}
