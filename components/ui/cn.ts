import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Our text sizes are named, and tailwind-merge would take them for colours.
const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["meta", "ui", "read", "title", "code"] }] } },
});

/** Joins class names; of two that set the same property the later one counts. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
