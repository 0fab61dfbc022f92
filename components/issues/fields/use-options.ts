"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { problemOf } from "@/components/api";
import type { Problem } from "@/lib/boundary";
import type { FieldOption, Page } from "@/lib/trackers/shapes";

/** Where choices come from: a list that is at hand, or the tracker, by what is typed. */
export type OptionSource =
  | { options: readonly FieldOption[] }
  | {
      key: readonly unknown[];
      search: (query: string, cursor: string | null, signal: AbortSignal) => Promise<Page<FieldOption>>;
    };

export type Options = {
  items: readonly FieldOption[];
  /** What is shown is not yet what was typed. */
  isBehind: boolean;
  problem: Problem | null;
  retry: () => void;
  /** Absent: these are all. */
  more?: () => void;
};

const pauseMs = 300;
const mostListed = 200;

/** The choices that fit what is typed; asked for while the list is open. */
export function useOptions(source: OptionSource, text: string, isOpen: boolean): Options {
  const wanted = text.trim();
  const isListed = "options" in source;
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    if (wanted === asked) return;
    const timer = setTimeout(() => setAsked(wanted), wanted === "" ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [wanted, asked]);
  const query = useInfiniteQuery({
    queryKey: isListed ? ["no-options"] : [...source.key, asked],
    queryFn: ({ pageParam, signal }) =>
      isListed ? Promise.resolve({ items: [], next: null }) : source.search(asked, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<FieldOption>) => page.next,
    enabled: isOpen && !isListed,
    staleTime: 60_000,
    retry: false,
  });
  if (isListed) {
    const found = narrow(source.options, wanted);
    return { items: found, isBehind: false, problem: null, retry: () => {} };
  }
  return {
    items: query.data?.pages.flatMap(({ items }) => items) ?? [],
    isBehind: asked !== wanted || (query.isFetching && !query.isFetchingNextPage),
    problem: query.error && !query.isFetching ? problemOf(query.error) : null,
    retry: () => void query.refetch(),
    ...(query.hasNextPage && { more: () => void (query.isFetchingNextPage || query.fetchNextPage()) }),
  };
}

/** By any part of the name, its beginning first; of very many, the first. */
function narrow(options: readonly FieldOption[], wanted: string): readonly FieldOption[] {
  const sought = wanted.toLowerCase();
  if (sought === "") return options.slice(0, mostListed);
  const fitting = options.filter(({ name, detail }) => `${name} ${detail ?? ""}`.toLowerCase().includes(sought));
  const first = ({ name }: FieldOption) => (name.toLowerCase().startsWith(sought) ? 0 : 1);
  return fitting.toSorted((one, other) => first(one) - first(other)).slice(0, mostListed);
}
