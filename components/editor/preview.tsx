"use client";

import dynamic from "next/dynamic";
import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton } from "@/components/ui/skeleton";
import type { BodyFormat } from "@/lib/richtext/render-body";
import "./editor.css";
import "./kinds.css";

const loading = () => <Skeleton className="h-40" />;
const MarkdownView = dynamic(() => import("./views/markdown"), { loading });
const AdfView = dynamic(() => import("./views/adf"), { loading });
const HtmlView = dynamic(() => import("./views/html"), { loading });

type Props = { format: BodyFormat; output: string };

/** What each format looks like in its tracker. What only the tracker itself can draw is shown as it is sent. */
const views: Record<BodyFormat, (output: string) => React.ReactNode> = {
  gfm: (output) => <MarkdownView markdown={output} flavor="gfm" />,
  glfm: (output) => <MarkdownView markdown={output} flavor="glfm" />,
  adf: (output) => <AdfView adf={JSON.parse(output)} />,
  html: (output) => <HtmlView html={output} />,
  wiki: (output) => <AsSent note="This tracker draws its markup itself. This is what is sent." output={output} />,
  text: (output) => <AsSent note="This tracker shows plain text." output={output} />,
};

/** The text as the tracker will show it. */
export function Preview({ format, output }: Props) {
  return (
    <section aria-label="Preview" className="min-h-56 rounded-md border bg-surface px-3 py-2">
      {views[format](output)}
    </section>
  );
}

function AsSent({ note, output }: { note: string; output: string }) {
  return (
    <>
      <p className="mb-2 text-meta text-muted">{note}</p>
      <pre className="whitespace-pre-wrap break-words font-mono text-code">{output}</pre>
    </>
  );
}

/** The text as it will be sent, letter for letter. */
export function Source({ output }: { output: string }) {
  return (
    <section aria-label="Source" className="relative min-h-56 rounded-md border bg-subtle">
      <CopyButton text={output} label="Copy the source" className="absolute top-1 right-1" />
      {/* Long lines wrap, so that nothing that will be sent is out of sight. */}
      <pre className="whitespace-pre-wrap break-words px-3 py-2 pr-10 font-mono text-code">{output}</pre>
    </section>
  );
}
