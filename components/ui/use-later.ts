"use client";

import { useEffect, useState } from "react";

// Longer than anybody waits for what a key was to do.
const patienceMs = 10_000;

/** What a part of the page can do once it is there; what is asked of it before that is done when it comes. */
export class Later<T> {
  private there: T | null = null;
  private wish: { act: (part: T) => void; at: number } | null = null;

  get current(): T | null {
    return this.there;
  }

  set current(part: T | null) {
    this.there = part;
    const { wish } = this;
    if (!part || !wish) return;
    this.wish = null;
    if (Date.now() - wish.at < patienceMs) wish.act(part);
  }

  ask(act: (part: T) => void): void {
    if (this.there) act(this.there);
    else this.wish = { act, at: Date.now() };
  }

  forget(): void {
    this.wish = null;
  }
}

/** The same for as long as the component lives; what was asked for while something else was open is forgotten. */
export function useLater<T>(openId: string | null): Later<T> {
  const [later] = useState(() => new Later<T>());
  useEffect(() => {
    // Before anything is open, what is asked for is meant for what comes first.
    if (openId !== null) return () => later.forget();
  }, [openId, later]);
  return later;
}
