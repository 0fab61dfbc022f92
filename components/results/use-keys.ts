"use client";

import { useLayoutEffect, useRef } from "react";

type Keys = Record<string, (() => void) | undefined>;

const takesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

// Enter on one of these presses it.
const isPressable = (target: EventTarget | null) =>
  target instanceof Element && target.closest("a, button, summary") !== null;

/** Calls what a key stands for, unless somebody is typing, a dialog is open, or the key goes with a modifier. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;

  // With what is drawn, not after it: whoever sees the page may press at once.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || takesText(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return;
      const act = latest.current[event.key];
      if (!act || (event.key === "Enter" && isPressable(event.target))) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
