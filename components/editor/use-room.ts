"use client";

import { type RefObject, useLayoutEffect, useState } from "react";

/** How many buttons of `each` pixels fit into an element beside what always stands there. */
export function useRoom(element: RefObject<HTMLElement | null>, each: number, taken: number): number {
  const [room, setRoom] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const shown = element.current;
    if (!shown) return;
    const measure = () => setRoom(Math.max(0, Math.floor((shown.clientWidth - taken) / each)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(shown);
    return () => observer.disconnect();
  }, [element, each, taken]);
  return room;
}
