"use client";

import { useEffect, useRef } from "react";
import { onLive } from "./channel";

type Interest = { topics: string[]; projectId?: string };

/** Calls back when one of the topics has news for the project, and after a gap in the stream. */
export function useLive({ topics, projectId }: Interest, onNews: () => void): void {
  const latest = useRef(onNews);
  latest.current = onNews;
  const key = topics.join(" ");

  useEffect(
    () =>
      onLive((event) => {
        if (event.topic === "gap") return latest.current();
        if (!key.split(" ").includes(event.topic) || !("projectId" in event)) return;
        if (!projectId || !event.projectId || event.projectId === projectId) latest.current();
      }),
    [key, projectId],
  );
}
