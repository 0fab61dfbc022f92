"use client";

import { type ComponentType, useEffect, useState } from "react";

type View = ComponentType<{ html: string }>;

/** A text of a case to read. Its plain words hold the place until it can be drawn, and serve where no script runs. */
export function CaseText({ html, text }: { html: string; text: string }) {
  const [View, setView] = useState<View | null>(null);
  useEffect(() => {
    let isShown = true;
    void import("@/components/editor/views/html").then(({ default: view }) => isShown && setView(() => view));
    return () => {
      isShown = false;
    };
  }, []);
  return (
    // The view has the letters of a tracker; here stand ours.
    <div className="max-w-prose break-words text-read [&>div]:[font:inherit]">
      {View ? <View html={html} /> : <p className="whitespace-pre-wrap">{text}</p>}
    </div>
  );
}
