import { isMac } from "@/components/ui/keyboard";

const signs: Record<string, string> = isMac ? { Mod: "⌘", Shift: "⇧", Alt: "⌥", Enter: "↵" } : { Mod: "Ctrl" };

/** A shortcut in ProseMirror's words as the person's own keyboard names it. */
export function shownKeys(keys: string): string {
  const parts = keys.split(/-(?!$)/).map((part) => signs[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return parts.join(isMac ? "" : "+");
}
