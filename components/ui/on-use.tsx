"use client";

import { Slot } from "radix-ui";
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { toast } from "./toast";

// As soon as the page is at rest, so that nobody waits at the first use.
const restMs = 1_500;

/** Code that comes at its first use, or once the page is at rest. */
export type OnUse<T> = { load(): Promise<T>; there(): T | null };

/** Loads a part once; what failed is asked for again. */
export function onUse<T>(load: () => Promise<T>): OnUse<T> {
  let coming: Promise<T> | null = null;
  let there: T | null = null;
  const begin = async () => {
    try {
      there = await load();
      return there;
    } catch (error) {
      coming = null;
      throw error;
    }
  };
  return {
    load: () => {
      coming ??= begin();
      return coming;
    },
    there: () => there,
  };
}

/** The part from its first use on; null until then, and while it is on its way. */
export function useOnUse<T>(part: OnUse<T>, isWanted: boolean, giveUp: () => void): T | null {
  const [isUsed, setUsed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => part.load().catch(() => {}), restMs);
    return () => clearTimeout(timer);
  }, [part]);
  const fail = useEffectEvent(() => {
    giveUp();
    toast.error("This could not be opened", { description: "It did not load. Check your connection and try again." });
  });
  useEffect(() => {
    if (!isWanted || isUsed) return;
    let isGone = false;
    part.load().then(
      () => !isGone && setUsed(true),
      () => !isGone && fail(),
    );
    return () => {
      isGone = true;
    };
  }, [part, isWanted, isUsed]);
  return isWanted || isUsed ? part.there() : null;
}

/** What a part is given that opens from a button. */
export type Opening = { isOpen: boolean; onOpenChange(isOpen: boolean): void; trigger: ReactElement };

type Props<T> = Opening & { part: OnUse<T>; popup: "menu" | "dialog"; children: (part: T) => ReactNode };

/** A button whose menu or dialog comes with its first opening. From then on the part draws the button too. */
export function OpensOnUse<T>({ part, popup, isOpen, onOpenChange, trigger, children }: Props<T>) {
  const loaded = useOnUse(part, isOpen, () => onOpenChange(false));
  if (loaded) return children(loaded);
  const soon = () => void part.load().catch(() => {});
  const onKeyDown = (event: KeyboardEvent) => {
    if (popup !== "menu" || event.key !== "ArrowDown") return;
    event.preventDefault();
    onOpenChange(true);
  };
  return (
    <Slot.Root
      aria-haspopup={popup}
      aria-expanded={isOpen}
      onPointerEnter={soon}
      onFocus={soon}
      onKeyDown={onKeyDown}
      onClick={() => onOpenChange(true)}
    >
      {trigger}
    </Slot.Root>
  );
}

type WhileUsedProps<T> = { part: OnUse<T>; giveUp(): void; children: (part: T) => ReactNode };

/** What is drawn only while it is used, as a dialog that a key opens. A part that does not load leaves the page as it is. */
export function WhileUsed<T>({ part, giveUp, children }: WhileUsedProps<T>) {
  const loaded = useOnUse(part, true, giveUp);
  return loaded && children(loaded);
}
