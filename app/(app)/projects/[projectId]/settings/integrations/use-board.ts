"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call, problemOf } from "@/components/api";
import { useLive } from "@/components/live/use-live";
import type { Problem } from "@/lib/boundary";
import type { BoardView } from "@/lib/integrations/board";
import type { BoardFieldRole, BoardSettings } from "@/lib/integrations/board-shape";
import type { Choice } from "@/lib/trackers/tracker";

// A tracker is asked once for a word, not once for each of its letters.
const pauseMs = 250;

export type BoardIds = { projectId: string; assignmentId: string; externalProjectId: string };

const pathOf = ({ projectId, assignmentId, externalProjectId }: BoardIds) =>
  `/api/projects/${projectId}/integrations/${assignmentId}/external-projects/${externalProjectId}/board`;

/** The board of a place: as it is set, as it is now, and the ways to change it. */
export function useBoard(ids: BoardIds) {
  const path = pathOf(ids);
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  /** A field that a job is making at the tracker. */
  const [awaited, setAwaited] = useState<BoardFieldRole | null>(null);
  const view = useQuery({
    queryKey: ["board", path],
    queryFn: ({ signal }) => call<BoardView>(path, { signal }),
    staleTime: 0,
  });
  useLive({ topics: ["integration"], projectId: ids.projectId }, () => {
    setAwaited(null);
    void view.refetch();
  });

  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    setBusy(true);
    try {
      const value = await work();
      setProblem(null);
      return value;
    } catch (error) {
      setProblem(problemOf(error));
      return null;
    } finally {
      setBusy(false);
    }
  }

  return {
    view,
    isBusy,
    problem,
    awaited,
    save: async (board: BoardSettings | null): Promise<boolean> => {
      const saved = await attempt(() => call<BoardView>(path, { method: "PUT", body: { board } }));
      if (saved) client.setQueryData(["board", path], saved);
      return saved !== null;
    },
    makeField: async (field: BoardFieldRole): Promise<void> => {
      const asked = await attempt(() => call(`${path}/fields`, { method: "POST", body: { field } }));
      if (asked) setAwaited(field);
    },
  };
}

/** The boards that there are, narrowed at the tracker by what is typed. */
export function useBoards(ids: BoardIds, text: string) {
  const path = pathOf(ids);
  const [query, setQuery] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setQuery(text.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return useQuery({
    queryKey: ["boards", path, query],
    queryFn: ({ signal }) =>
      call<{ boards: Choice[]; next: string | null }>(`${path}/choices?${new URLSearchParams({ q: query })}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
