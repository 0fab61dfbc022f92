"use client";

import dynamic from "next/dynamic";

import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton } from "@/components/ui/skeleton";
import "./editor.css";

const Rendered = dynamic(() => import("./rendered"), { loading: () => <Skeleton className="h-40" /> });

/** Markdown as the tracker will show it, or as it will be sent, letter for letter. */
export function Preview({ markdown, view }: { markdown: string; view: "rendered" | "source" }) {
  if (view === "rendered") {
    return (
      <section aria-label="Preview" className="min-h-56 rounded-md border bg-surface px-3 py-2">
        <Rendered markdown={markdown} />
      </section>
    );
  }
  return (
    <section aria-label="Source" className="relative min-h-56 rounded-md border bg-subtle">
      <CopyButton text={markdown} label="Copy the source" className="absolute top-1 right-1" />
      {/* Long lines wrap, so that nothing that will be sent is out of sight. */}
      <pre className="whitespace-pre-wrap break-words px-3 py-2 pr-10 font-mono text-code">{markdown}</pre>
    </section>
  );
}
