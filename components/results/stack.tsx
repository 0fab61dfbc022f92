"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { withoutCodes } from "@/lib/richtext/terminal";
import { Ansi } from "./ansi";
import { foldFrames, type Segment } from "./frames";

const block = "overflow-x-auto whitespace-pre px-3 py-2 font-mono text-code";

function Folded({ segment }: { segment: Segment }) {
  const [open, setOpen] = useState(false);
  if (open) return <Ansi text={`${segment.text}\n`} />;
  return (
    <button
      type="button"
      onClick={() => setOpen(true)}
      className="block text-muted hover:text-fg hover:underline"
      aria-expanded={false}
    >
      … {segment.lines} library frames
    </button>
  );
}

/** A stack as people read it: in the terminal's colours, library frames folded; raw and to copy as it came. */
export function Stack({ text, label = "Stack", isShort = false }: { text: string; label?: string; isShort?: boolean }) {
  const [raw, setRaw] = useState(false);
  return (
    <section aria-label={label} className="rounded-md border">
      <div className="flex items-center gap-1 border-b bg-subtle py-0.5 pr-1 pl-3">
        <h3 className="flex-1 text-meta text-muted">{label}</h3>
        <Button variant="ghost" size="sm" aria-pressed={raw} onClick={() => setRaw(!raw)} className="text-meta">
          {raw ? "Folded" : "Raw"}
        </Button>
        <CopyButton text={withoutCodes(text)} label={`Copy the ${label.toLowerCase()}`} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre className={cn(block, isShort && "max-h-72 overflow-y-auto")} tabIndex={0}>
        {raw
          ? text
          : foldFrames(text).map((segment, index) =>
              segment.isLibrary ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one fixed text.
                <Folded key={index} segment={segment} />
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one fixed text.
                <Ansi key={index} text={`${segment.text}\n`} />
              ),
            )}
      </pre>
    </section>
  );
}
