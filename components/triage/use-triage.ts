"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { call, problemOf } from "@/components/api";
import { toast } from "@/components/ui/toast";
import type { Changed, GroupRow, GroupView } from "@/lib/triage/shapes";
import { type Judgement, merged, patched, restoring } from "./patch";
import { type Groups, type Place, useRefresh } from "./use-groups";
import { assessmentWords, counted, severityWords } from "./words";

/** How a group is split: some of its fingerprints go, or one is told apart by what varies in it. */
export type Splitting = { hashes: string[] } | { hash: string; keep: unknown };

/** What people do with problems: at once in the list, with a way back, and as before where the server refuses. */
export function useTriage({ projectId, runId }: Place) {
  const client = useQueryClient();
  const refresh = useRefresh(runId);
  // The key u takes the latest back, as the button of its message does.
  const latest = useRef<{ id: string; undo: () => void } | null>(null);
  const base = `/api/projects/${projectId}`;

  /** Shows it, asks the server, and says what came of it. Answers true where it was done. */
  const act = useCallback(
    async <T>(work: () => Promise<T>, show: (data: Groups) => Groups, tell: (answer: T) => Told): Promise<boolean> => {
      const key = { queryKey: ["groups", runId] };
      await client.cancelQueries(key);
      const before = client.getQueriesData<Groups>(key);
      client.setQueriesData<Groups>(key, (data) => data && show(data));
      try {
        const { words, undo } = tell(await work());
        const once = undo && onlyOnce(undo);
        const id = toast(words, once && { action: { label: "Undo", onClick: once }, duration: 10_000 });
        latest.current = once ? { id, undo: once } : null;
        return true;
      } catch (error) {
        for (const [queryKey, data] of before) client.setQueryData(queryKey, data);
        const { title, detail } = problemOf(error);
        toast.error(title, { description: detail });
        return false;
      } finally {
        // Whoever asked goes on with the answer; what the server has made of it comes into the list when it is read.
        void refresh();
      }
    },
    [client, runId, refresh],
  );

  const post = useCallback(
    <T>(path: string, body?: unknown) => call<T>(`${base}/${path}`, { method: "POST", body }),
    [base],
  );

  const undoChange = useCallback(
    (changeId: string) =>
      act(
        () => post(`group-changes/${changeId}/undo`),
        (data) => data,
        () => ({ words: "Undone: the problems are as they were." }),
      ),
    [act, post],
  );

  const assess = useCallback(
    (groups: readonly GroupRow[], judgement: Judgement): Promise<boolean> => {
      const ids = groups.map(({ id }) => id);
      const { severity, assessment, until } = judgement;
      const shown: Partial<GroupRow> = {
        ...(severity && { severity, severitySource: "hand" }),
        ...(assessment && { assessment, assessedUntil: until ?? null }),
      };
      const show = (group: GroupRow) => (ids.includes(group.id) ? { ...group, ...shown } : group);
      for (const id of ids)
        client.setQueryData<GroupView>(["group", runId, id], (view) => view && { ...view, group: show(view.group) });
      return act(
        () => post("groups/assess", { groupIds: ids, ...judgement }),
        (data) => ({ ...data, ...patched(data, show) }),
        () => ({
          words: wordsFor(groups.length, judgement),
          undo: () =>
            void act(
              async () => {
                for (const body of restoring(groups, judgement)) await post("groups/assess", body);
              },
              (data) => data,
              () => ({ words: "Undone." }),
            ),
        }),
      );
    },
    [act, post, client, runId],
  );

  const merge = useCallback(
    (into: GroupRow, groups: readonly GroupRow[]): Promise<boolean> => {
      const ids = groups.map(({ id }) => id).filter((id) => id !== into.id);
      return act(
        () => post<Changed>("groups/merge", { into: into.id, groupIds: ids }),
        (data) => ({ ...data, ...merged(data, into.id, ids) }),
        ({ changeId }) => ({
          words: `Merged ${counted(ids.length + 1, "problem")} into one.`,
          undo: () => void undoChange(changeId),
        }),
      );
    },
    [act, post, undoChange],
  );

  const split = useCallback(
    (groupId: string, splitting: Splitting): Promise<boolean> =>
      act(
        () => post<Changed>(`groups/${groupId}/split`, splitting),
        (data) => data,
        ({ changeId, created, left }) => ({
          words: splitWords("keep" in splitting, created.length, left),
          undo: () => void undoChange(changeId),
        }),
      ),
    [act, post, undoChange],
  );

  const undoLatest = useCallback(() => {
    const last = latest.current;
    if (!last) return;
    toast.dismiss(last.id);
    last.undo();
  }, []);

  return { assess, merge, split, undoChange, undoLatest };
}

export type Triage = ReturnType<typeof useTriage>;

type Told = { words: string; undo?: () => void };

/** A second press on Undo, while the first is under way, is none. */
function onlyOnce(undo: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    undo();
  };
}

function splitWords(isToldApart: boolean, created: number, left: number): string {
  if (!isToldApart) return "Split off as a problem of its own.";
  const stay = left > 0 ? ` ${counted(left, "older failure")} could not be told apart and stay here.` : "";
  return created > 0
    ? `Told apart: now ${counted(created + 1, "problem")}.${stay}`
    : `Will be told apart in runs to come.${stay}`;
}

function wordsFor(count: number, { severity, assessment }: Judgement): string {
  const what = count === 1 ? "The problem" : counted(count, "problem");
  const is = count === 1 ? "is" : "are";
  if (severity === null) return `${what} ${is} as severe as reports tell.`;
  if (severity) return `${what} ${is} now of severity ${severityWords[severity].toLowerCase()}.`;
  if (assessment === "active") return `${what} ${is} active again.`;
  if (assessment === "muted") return `${what} ${is} muted.`;
  return assessment ? `${what}: ${assessmentWords[assessment].toLowerCase()}.` : what;
}
