"use client";

import { Search } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Input } from "@/components/ui/input";

type Props = {
  q: string;
  label: string;
  searchRef: RefObject<HTMLInputElement | null>;
  onText(q: string): void;
  /** Enter and Escape lead on from the field. */
  onLeave(): void;
};

/** A text that narrows a list while it is typed; the key / leads to it. */
export function TextFilter({ q, label, searchRef, onText, onLeave }: Props) {
  const [text, setText] = useState(q);
  const sent = useRef(q);
  useEffect(() => {
    // Cleared from elsewhere, or by the browser's Back.
    if (q === sent.current) return;
    sent.current = q;
    setText(q);
  }, [q]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onText(text);
    }, 200);
    return () => clearTimeout(timer);
  }, [text, onText]);

  return (
    <div className="relative min-w-0 flex-1 basis-44 sm:max-w-80">
      <Search className="pointer-events-none absolute top-2.5 left-2 size-3.5 text-muted" aria-hidden />
      <Input
        ref={searchRef}
        type="search"
        aria-label={label}
        placeholder="Filter"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key !== "Escape" && key !== "Enter") return;
          currentTarget.blur();
          onLeave();
        }}
        className="peer pl-7"
      />
      <kbd
        aria-hidden
        className="pointer-events-none absolute top-1.5 right-1.5 hidden h-5 min-w-5 items-center justify-center rounded border font-mono text-code text-muted peer-placeholder-shown:sm:flex peer-focus:hidden!"
      >
        /
      </kbd>
    </div>
  );
}
