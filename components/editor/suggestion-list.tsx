"use client";

import type { Editor } from "@tiptap/core";
import { Popover as Primitive } from "radix-ui";
import { useEffect, useId, useRef, useSyncExternalStore } from "react";

import { cn } from "@/components/ui/cn";
import { Popover, PopoverContent } from "@/components/ui/popover";
import type { Suggestions } from "./suggest";

/** What the cursor's `@` or `:` may become. The focus stays in the text, whose keys choose. */
export function SuggestionList({ editor, list }: { editor: Editor | null; list: Suggestions }) {
  const shown = useSyncExternalStore(list.subscribe, list.get, () => null);
  const id = useId();
  // Read whenever the list is placed, so that it follows the cursor and the scrolling.
  const anchor = useRef({ getBoundingClientRect: () => list.shown?.rect() ?? new DOMRect() });
  const isOpen = shown !== null && (shown.choices.length > 0 || shown.isLoading);
  const activeId = isOpen && shown.choices.length > 0 ? `${id}-${shown.index}` : null;

  useEffect(() => {
    const text = editor?.view.dom;
    if (!text || !activeId) return;
    text.setAttribute("aria-controls", id);
    text.setAttribute("aria-activedescendant", activeId);
    document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
    return () => {
      text.removeAttribute("aria-controls");
      text.removeAttribute("aria-activedescendant");
    };
  }, [editor, id, activeId]);

  if (!isOpen) return null;
  return (
    <Popover open onOpenChange={(open) => !open && shown.close()}>
      <Primitive.Anchor virtualRef={anchor} />
      <PopoverContent
        align="start"
        className="max-h-64 w-64 overflow-y-auto p-1"
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
        role="presentation"
      >
        <div role="listbox" id={id} aria-label={shown.title} aria-busy={shown.isLoading}>
          {shown.choices.length === 0 && <p className="px-2 py-1 text-meta text-muted">Looking…</p>}
          {shown.choices.map(({ key, text, hint, icon, choose }, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text's own.
            <div
              key={key}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === shown.index}
              className={cn(
                "flex min-h-7 cursor-default items-center gap-2 rounded px-2 text-ui",
                index === shown.index && "bg-hover",
              )}
              onMouseDown={(event) => event.preventDefault()}
              onClick={choose}
            >
              <span aria-hidden className="w-5 text-center">
                {icon}
              </span>
              <span className="truncate">{text}</span>
              <span className="ml-auto truncate text-meta text-muted">{hint}</span>
            </div>
          ))}
        </div>
      </PopoverContent>
    </Popover>
  );
}
