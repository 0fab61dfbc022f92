"use client";

import { startTransition, useDeferredValue, useEffect, useRef, useState } from "react";
import type { Content, Frame, Outgoing } from "@/lib/richtext/outgoing";

/** As `outgoing` gives it; a text that exceeds every limit says so instead. */
export type Made = Outgoing | { problem: string };

// A text that takes long to write is written after a pause, so that typing never waits for it.
const pauseShare = 4;
const longestPauseMs = 500;

/** What would be sent, as it is typed: by the code that sends it, fetched on first use and run when nothing else waits. */
export function useOutgoing(frame: Frame | undefined, content: Content): Made | null {
  const [made, setMade] = useState<Made | null>(null);
  const lastMs = useRef(0);
  const { title, description, labels, revealed, attached } = content;
  const typed = useDeferredValue(description);

  useEffect(() => {
    if (!frame) return;
    let isStale = false;
    const write = async () => {
      const convert = await load(frame);
      if (isStale) return;
      const begun = performance.now();
      const next = attempt(() => convert({ title, labels, revealed, attached, description: typed }));
      // What is drawn from it waits as well: a letter that is typed comes first.
      startTransition(() => setMade(next));
      lastMs.current = performance.now() - begun;
    };
    const pauseMs = lastMs.current < 5 ? 0 : Math.min(lastMs.current * pauseShare, longestPauseMs);
    const timer = setTimeout(() => void write(), pauseMs);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [frame, title, typed, labels, revealed, attached]);

  return made;
}

const loaded = new WeakMap<Frame, Promise<(content: Content) => Outgoing>>();

/** The converter for one form. The engine of a project's own patterns is fetched where there are some. */
function load(frame: Frame): Promise<(content: Content) => Outgoing> {
  const known = loaded.get(frame);
  if (known) return known;
  const converter = (async () => {
    const { outgoing } = await import("@/lib/richtext/outgoing");
    if (frame.patterns.length === 0) return (content: Content) => outgoing(frame, content);
    const { ownMatchers } = await import("@/lib/richtext/secrets/own-pattern");
    const own = ownMatchers(frame.patterns);
    return (content: Content) => outgoing(frame, content, own);
  })();
  loaded.set(frame, converter);
  // A network that was away may be back for the next letter.
  converter.catch(() => loaded.delete(frame));
  return converter;
}

function attempt(write: () => Outgoing): Made {
  try {
    return write();
  } catch (error) {
    return { problem: error instanceof Error ? error.message : "The text cannot be converted." };
  }
}
