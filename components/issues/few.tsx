"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";

const few = 8;

/** The first of many, until somebody wants to see all of them. */
export function useFew<T>(all: readonly T[]) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? all : all.slice(0, few);
  return { shown, isCut: shown.length < all.length, count: all.length, showAll: () => setWhole(true) };
}

/** The way to the others. */
export const ShowAll = ({ count, nouns, onShow }: { count: number; nouns: string; onShow: () => void }) => (
  <Button variant="ghost" size="sm" className="self-start" onClick={onShow}>
    Show all {count.toLocaleString("en")} {nouns}
  </Button>
);
