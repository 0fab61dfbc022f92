"use client";

import canonicalize from "canonicalize";
import { useCallback, useEffect, useRef, useState } from "react";
import { call, problemOf } from "@/components/api";
import type { Problem } from "@/lib/boundary";
import type { DraftView } from "@/lib/issues/shapes";
import type { RichDoc } from "@/lib/richtext/doc";
import type { Place } from "./place";
import { unsaved } from "./unsaved";

/** What a person types into the form. */
export type Content = {
  title: string;
  description: RichDoc;
  labels: string[];
  /** Secrets found in the text that are sent as they are, by their ids. */
  revealed: string[];
  /** Files of the result that the issue takes along, by their ids. */
  attached: string[];
  externalProject: string | null;
  /** The tracker's type of issue; null until one was chosen. */
  typeId: string | null;
  /** What was typed into the tracker's own fields: fields/keys.ts. */
  fields: Record<string, unknown>;
};

type At = Place & { projectId: string; integrationId: string };
type Saved = { saved: boolean; draft: DraftView };

/** `changed`: another tab or device saved something else, which is not overwritten before somebody has decided. */
export type Saving = { state: "saved" | "saving" | "changed" | "gone" } | { state: "failed"; problem: Problem };

const pauseMs = 600;
const againMs = 5_000;

export const contentOf = ({
  title,
  description,
  labels,
  revealed,
  attached,
  externalProjectId,
  typeId,
  fields,
}: DraftView): Content => ({
  title,
  description: description as RichDoc, // the server parsed it when it was saved
  labels,
  revealed,
  attached,
  externalProject: externalProjectId,
  typeId,
  fields,
});

// The server gives the members of a document back in an order of its own.
const isSame = (one: Content, other: Content) => canonicalize(one) === canonicalize(other);

/** What this tab had not saved when it was left; null when the server has it. */
function leftOver(draft: DraftView) {
  const left = unsaved.find(draft.id);
  return left && !isSame(left.content, contentOf(draft)) ? left : null;
}

/** A draft that saves itself while somebody types, one save at a time, never over a newer text. */
export function useDraft({ projectId, integrationId, resultId, groupId }: At, initial: DraftView) {
  const [left] = useState(() => leftOver(initial));
  const [content, setContent] = useState(left?.content ?? contentOf(initial));
  const isBehind = left !== null && left.version !== initial.version;
  const [saving, setSaving] = useState<Saving>({ state: isBehind ? "changed" : left ? "saving" : "saved" });
  const [version, setVersion] = useState(initial.version);
  const [newer, setNewer] = useState<DraftView | null>(isBehind ? initial : null);
  const now = useRef({ content, version: left?.version ?? initial.version, isDirty: left !== null });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<void> | null>(null);

  const latestFlush = useRef(async () => {});

  const saveOnce = useCallback(async () => {
    const { content: sent, version: over } = now.current;
    now.current.isDirty = false;
    setSaving({ state: "saving" });
    try {
      const { saved, draft } = await call<Saved>(`/api/projects/${projectId}/drafts`, {
        method: "PUT",
        body: { integrationId, resultId, groupId, content: { version: over, ...sent } },
      });
      // Not saved but the same: an earlier save of this very text came through late.
      if (saved || isSame(contentOf(draft), sent)) {
        now.current.version = draft.version;
        if (!now.current.isDirty) unsaved.forget(initial.id);
        setVersion(draft.version);
        setSaving({ state: "saved" });
      } else {
        now.current.isDirty = true;
        setNewer(draft);
        setSaving({ state: "changed" });
      }
    } catch (error) {
      now.current.isDirty = true;
      const problem = problemOf(error);
      if (problem.kind !== "not_found") timer.current = setTimeout(() => void latestFlush.current(), againMs);
      setSaving(problem.kind === "not_found" ? { state: "gone" } : { state: "failed", problem });
    }
  }, [projectId, integrationId, resultId, groupId, initial.id]);

  /** Saves what is not saved yet; resolves when the server has it or has refused it. */
  const flush = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    if (running.current) await running.current;
    if (!now.current.isDirty) return;
    running.current = saveOnce().finally(() => {
      running.current = null;
    });
    await running.current;
  }, [saveOnce]);

  latestFlush.current = flush;

  const edit = useCallback(
    (change: Partial<Content>) => {
      now.current.content = { ...now.current.content, ...change };
      now.current.isDirty = true;
      unsaved.keep(initial.id, { content: now.current.content, version: now.current.version });
      setContent(now.current.content);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), pauseMs);
    },
    [flush, initial.id],
  );

  const editField = useCallback(
    (key: string, value: unknown) => edit({ fields: { ...now.current.content.fields, [key]: value } }),
    [edit],
  );

  // What the tab had not saved when it was left.
  useEffect(() => {
    if (left && !isBehind) void flush();
  }, [left, isBehind, flush]);

  // What was typed last leaves with the form, also when the tab is closed or hidden.
  useEffect(() => {
    const onHide = () => void flush();
    document.addEventListener("visibilitychange", onHide);
    return () => {
      document.removeEventListener("visibilitychange", onHide);
      void flush().finally(() => clearTimeout(timer.current));
    };
  }, [flush]);

  const takeNewer = () => {
    if (!newer) return;
    unsaved.forget(initial.id);
    now.current = { content: contentOf(newer), version: newer.version, isDirty: false };
    setContent(now.current.content);
    setVersion(newer.version);
    setNewer(null);
    setSaving({ state: "saved" });
  };
  const keepMine = () => {
    if (!newer) return;
    now.current.version = newer.version;
    setNewer(null);
    void flush();
  };

  return { content, version, saving, edit, editField, flush, takeNewer, keepMine };
}
