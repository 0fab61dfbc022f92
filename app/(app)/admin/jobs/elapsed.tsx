"use client";

import { inWords } from "@/components/results/duration";
import { useNow } from "./use-now";

/** How long something has been going on. */
export function Elapsed({ since, readAt }: { since: Date; readAt: Date }) {
  const seconds = Math.max(0, Math.floor((useNow(readAt, true) - since.getTime()) / 1000));
  return <>{seconds < 60 ? `${seconds} s` : inWords(seconds * 1000)}</>;
}
