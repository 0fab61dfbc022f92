"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { problemOf } from "@/components/api";
import type { Problem } from "@/lib/boundary";
import { type Destination, uploadAttachment } from "./upload";
import { useLeaveQuestion } from "./use-leave-question";

export type UploadState =
  | { kind: "waiting" }
  | { kind: "sending"; share: number }
  | { kind: "failed"; problem: Problem };

export type FileUpload = { key: string; file: File; state: UploadState };

// Enough to keep the line busy; the server encodes two images at once.
const atOnce = 2;

/** Uploads files to one place, tells how each is doing, and takes it off the list once it is there. */
export function useUploads(to: Destination, onStored: () => Promise<unknown>) {
  const [uploads, setUploads] = useState<FileUpload[]>([]);
  useLeaveQuestion(uploads.some(({ state }) => state.kind !== "failed"));
  const waiting = useRef<FileUpload[]>([]);
  const running = useRef(new Map<string, () => void>());
  const latest = useRef({ to, onStored });
  latest.current = { to, onStored };

  const set = useCallback((key: string, state: UploadState | null) => {
    setUploads((all) => all.flatMap((one) => (one.key !== key ? one : state ? { ...one, state } : [])));
  }, []);

  const pump = useCallback(() => {
    while (running.current.size < atOnce) {
      const next = waiting.current.shift();
      if (!next) return;
      const { to, onStored } = latest.current;
      set(next.key, { kind: "sending", share: 0 });
      const { answer, cancel } = uploadAttachment(to, next.file, (share) => set(next.key, { kind: "sending", share }));
      running.current.set(next.key, cancel);
      answer
        // It stays until the list shows it, so that nothing jumps.
        .then(() => onStored().then(() => set(next.key, null)))
        .catch((error) => set(next.key, { kind: "failed", problem: problemOf(error) }))
        .finally(() => {
          running.current.delete(next.key);
          pump();
        });
    }
  }, [set]);

  const add = useCallback(
    (files: readonly File[]) => {
      const added = files.map((file): FileUpload => ({ key: crypto.randomUUID(), file, state: { kind: "waiting" } }));
      setUploads((all) => [...all, ...added]);
      waiting.current.push(...added);
      pump();
    },
    [pump],
  );

  const retry = useCallback(
    (one: FileUpload) => {
      set(one.key, { kind: "waiting" });
      waiting.current.push(one);
      pump();
    },
    [pump, set],
  );

  /** Stops it wherever it is, and takes it off the list. */
  const drop = useCallback(
    ({ key }: FileUpload) => {
      waiting.current = waiting.current.filter((one) => one.key !== key);
      running.current.get(key)?.();
      running.current.delete(key);
      set(key, null);
      pump();
    },
    [pump, set],
  );

  useEffect(
    () => () => {
      waiting.current = [];
      for (const cancel of running.current.values()) cancel();
    },
    [],
  );

  return { uploads, add, retry, drop };
}
