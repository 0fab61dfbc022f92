"use client";

import { Globe } from "lucide-react";
import { type ReactNode, useId, useState, useSyncExternalStore } from "react";
import type { EditorProps } from "@/components/editor/editor";
import LazyEditor from "@/components/editor/lazy-editor";
import { Preview, Source } from "@/components/editor/preview";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { RichDoc } from "@/lib/richtext/doc";
import type { RenderedBody } from "@/lib/richtext/render-body";
import { SizeMeter } from "./size-meter";
import type { Made } from "./use-outgoing";

type Props = {
  value: RichDoc;
  onChange: (description: RichDoc) => void;
  onSubmit: () => void;
  /** What the text leaves as; null while the form is being made ready. */
  made: Made | null;
  /** The place that everybody can read, where it goes to one. */
  publicPlace: string | null;
  error?: string | undefined;
  /** What the editor needs for files and pictures. */
  files: Pick<EditorProps, "upload" | "onUploads" | "addressOf">;
};

/** The text: as it is written, as the tracker will show it, and as it is sent. On a wide screen the first two at once. */
export function DescriptionField({ value, onChange, onSubmit, made, publicPlace, error, files }: Props) {
  const [tab, setTab] = useState("write");
  const isWide = useIsWide();
  const describedBy = useId();
  const body = made && "body" in made ? made.body : null;
  const masked = made && "findings" in made ? made.findings.filter(({ isRevealed }) => !isRevealed) : [];
  const maskedCount = new Set(masked.map(({ id }) => id)).size;

  const shown = (view: (body: RenderedBody) => ReactNode) => (
    <>
      {publicPlace && <PublicMark place={publicPlace} />}
      {body ? view(body) : made ? null : <Skeleton className="h-56" />}
    </>
  );
  return (
    <Tabs value={tab} onValueChange={setTab}>
      <TabsList className="mb-2" aria-label="Description">
        <TabsTrigger value="write">Write</TabsTrigger>
        <TabsTrigger value="preview">Preview</TabsTrigger>
        <TabsTrigger value="source">Source</TabsTrigger>
      </TabsList>
      {/* Hidden, not taken away: the editor keeps its cursor and what can be undone. */}
      <TabsContent
        value="write"
        forceMount
        className="auto-cols-fr grid-flow-col gap-3 data-[state=inactive]:hidden xl:grid xl:data-[state=inactive]:hidden"
      >
        <div className="min-w-0">
          <LazyEditor
            value={value}
            onChange={onChange}
            label="Description"
            onSubmit={onSubmit}
            describedBy={describedBy}
            {...files}
          />
        </div>
        {isWide && tab === "write" && (body === null || body.output.length <= mostLiveChars) && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
          <div className="relative min-w-0 overflow-y-auto" tabIndex={0}>
            <div className="xl:absolute xl:inset-0">
              {shown((one) => (
                <Preview {...one} />
              ))}
            </div>
          </div>
        )}
      </TabsContent>
      <TabsContent value="preview">
        {shown((one) => (
          <Preview {...one} />
        ))}
      </TabsContent>
      <TabsContent value="source">
        {shown((one) => (
          <Source output={one.output} />
        ))}
      </TabsContent>
      <div id={describedBy} className="mt-1.5 min-h-4">
        {error && <p className="mb-1 text-danger text-meta">{error}</p>}
        {body && <SizeMeter {...body} maskedCount={maskedCount} />}
      </div>
      {made && "problem" in made && (
        <Notice tone="error" title="This text cannot be sent">
          {made.problem}
        </Notice>
      )}
    </Tabs>
  );
}

const PublicMark = ({ place }: { place: string }) => (
  <p className="mb-1 flex items-center gap-1.5 text-flaky text-meta">
    <Globe className="size-3.5 shrink-0" aria-hidden /> Everybody will be able to read this in {place}.
  </p>
);

// Drawing a longer text takes longer than the time between two letters; it has its tab.
const mostLiveChars = 20_000;

const wide = "(min-width: 80rem)";
const watchWidth = (onChange: () => void) => {
  const query = matchMedia(wide);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
};

/** Whether there is room for the text and its preview side by side. */
const useIsWide = () =>
  useSyncExternalStore(
    watchWidth,
    () => matchMedia(wide).matches,
    () => false,
  );
