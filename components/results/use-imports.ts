"use client";

import { useCallback, useRef, useState } from "react";
import type { Problem } from "@/lib/boundary";
import type { Imported } from "@/lib/results/import";
import { upload } from "./upload";

export type ImportState =
  | { kind: "waiting" }
  | { kind: "sending"; share: number }
  | { kind: "reading" }
  | { kind: "done"; imported: Imported }
  | { kind: "failed"; problem: Problem }
  | { kind: "cancelled" };

export type FileImport = { key: string; file: File; run: string | null; state: ImportState };

// The server takes one file of a run after the other anyway; two keep the line busy.
const atOnce = 2;

/** Imports files one by one and tells how each is doing. */
export function useImports(projectId: string, onDone: () => void) {
  const [imports, setImports] = useState<FileImport[]>([]);
  const waiting = useRef<FileImport[]>([]);
  const running = useRef(new Map<string, () => void>());

  const set = useCallback((key: string, state: ImportState) => {
    setImports((all) => all.map((one) => (one.key === key ? { ...one, state } : one)));
  }, []);

  const pump = useCallback(() => {
    while (running.current.size < atOnce) {
      const next = waiting.current.shift();
      if (!next) return;
      const settle = (state: ImportState) => {
        running.current.delete(next.key);
        set(next.key, state);
        if (state.kind === "done") onDone();
        pump();
      };
      set(next.key, { kind: "sending", share: 0 });
      const cancel = upload(projectId, next.file, next.run, {
        onSent: (share) => set(next.key, share < 1 ? { kind: "sending", share } : { kind: "reading" }),
        onDone: (imported) => settle({ kind: "done", imported }),
        onFailed: (problem) => settle({ kind: "failed", problem }),
      });
      running.current.set(next.key, () => {
        cancel();
        settle({ kind: "cancelled" });
      });
    }
  }, [projectId, set, onDone]);

  const add = useCallback(
    (files: File[]) => {
      // Files that are chosen together belong together.
      const run = files.length > 1 ? `upload-${crypto.randomUUID()}` : null;
      const added = files.map(
        (file): FileImport => ({ key: crypto.randomUUID(), file, run, state: { kind: "waiting" } }),
      );
      setImports((all) => [...added, ...all]);
      waiting.current.push(...added);
      pump();
    },
    [pump],
  );

  const retry = useCallback(
    (one: FileImport) => {
      set(one.key, { kind: "waiting" });
      waiting.current.push(one);
      pump();
    },
    [pump, set],
  );

  const cancel = useCallback(
    ({ key }: FileImport) => {
      waiting.current = waiting.current.filter((one) => one.key !== key);
      const stop = running.current.get(key);
      if (stop) stop();
      else set(key, { kind: "cancelled" });
    },
    [set],
  );

  const dismiss = useCallback(({ key }: FileImport) => setImports((all) => all.filter((one) => one.key !== key)), []);

  return { imports, add, retry, cancel, dismiss };
}
