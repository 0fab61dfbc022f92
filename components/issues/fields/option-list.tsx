"use client";

import { Check, LoaderCircle } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { FieldOption } from "@/lib/trackers/shapes";
import type { Options } from "./use-options";

type Props = {
  id: string;
  label: string;
  options: Options;
  items: readonly FieldOption[];
  /** The place of the one that Enter takes. */
  marked: number;
  isChosen: (option: FieldOption) => boolean;
  onMark: (place: number) => void;
  onChoose: (option: FieldOption) => void;
};

/** The choices under a picker's field, with what keeps them from being there. */
export function OptionList({ id, label, options, items, marked, isChosen, onMark, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-place="${marked}"]`)?.scrollIntoView({ block: "nearest" });
  }, [marked]);
  const { isBehind, problem, retry, more } = options;
  return (
    <>
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={label}
        aria-busy={isBehind}
        className="max-h-64 overflow-y-auto overscroll-contain py-1 empty:hidden"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          if (more && scrollHeight - scrollTop - clientHeight < 80) more();
        }}
      >
        {items.map((option, place) => (
          // The field keeps the focus and handles the keys, as a combobox does.
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: see above
          <div
            key={option.id}
            id={`${id}-${place}`}
            data-place={place}
            role="option"
            aria-selected={isChosen(option)}
            className={cn("flex min-h-8 cursor-default items-center gap-2 px-2.5 py-1", place === marked && "bg-hover")}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => onMark(place)}
            onClick={() => onChoose(option)}
          >
            <span className="min-w-0 flex-1 break-words">
              {option.name}
              {option.detail && <span className="text-meta text-muted"> {option.detail}</span>}
            </span>
            {isChosen(option) && <Check className="size-3.5 shrink-0 text-link" aria-hidden />}
          </div>
        ))}
      </div>
      <div className="px-2.5 py-1.5 text-meta text-muted empty:hidden" role="status">
        {isBehind && (
          <span className="inline-flex items-center gap-1.5">
            <LoaderCircle className="size-3 animate-spin" aria-hidden /> Looking…
          </span>
        )}
        {!isBehind && !problem && items.length === 0 && "Nothing has this in its name."}
        {problem && (
          <span className="flex items-start gap-2 text-danger">
            <span className="min-w-0 flex-1">{problem.detail}</span>
            <Button size="sm" onMouseDown={(event) => event.preventDefault()} onClick={retry}>
              Try again
            </Button>
          </span>
        )}
        {!isBehind && more && items.length > 0 && "More as you scroll, or type to narrow it."}
      </div>
    </>
  );
}
