"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ArrowLeftRight, ListChecks } from "lucide-react";
import { useRouter } from "next/navigation";
import { call, problemOf } from "@/components/api";
import { useLive } from "@/components/live/use-live";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { LoadMore } from "@/components/ui/load-more";
import { ProblemNotice } from "@/components/ui/problem-notice";
import type { Became, Comparison } from "@/lib/results/compare-shapes";
import type { Run } from "@/lib/results/shapes";
import { ComparedRow } from "./compared-row";
import { RunPicker } from "./run-picker";
import { becameOrder, becameWords } from "./words";

type Props = { projectId: string; first: Comparison; only: Became; branches: string[] };

/** Two runs side by side: which cases fail newly, still, or not any more. */
export function CompareView({ projectId, first, only, branches }: Props) {
  const router = useRouter();
  const { base, head } = first;
  const address = (change: { base?: string; head?: string; only?: string }) => {
    const query = new URLSearchParams({
      ...(base && { base: base.id }),
      ...(head && { head: head.id }),
      ...(only !== "new" && { only }),
      ...change,
    });
    return `/projects/${projectId}/runs/compare?${query}`;
  };
  if (!head)
    return (
      <Empty icon={ListChecks} title="No runs yet">
        Import two runs, and you see here what changed from one to the other.
      </Empty>
    );
  return (
    <>
      <div className="flex min-w-0 flex-wrap items-center gap-2 pb-4">
        <RunPicker
          {...{ projectId, branches }}
          label="Base"
          run={base}
          onPick={(id) => router.push(address({ base: id }))}
        />
        <RunPicker
          {...{ projectId, branches }}
          label="Head"
          run={head}
          onPick={(id) => router.push(address({ head: id }))}
        />
        {base && (
          <Button asChild variant="ghost" size="icon" title="Swap base and head">
            <Link href={address({ base: head.id, head: base.id })} aria-label="Swap base and head" scroll={false}>
              <ArrowLeftRight />
            </Link>
          </Button>
        )}
        <span className="flex gap-3 text-link max-sm:w-full">
          {[base, head].map(
            (run) =>
              run && (
                <Link
                  key={run === base ? "base" : "head"}
                  href={`/projects/${projectId}/runs/${run.id}?view=problems`}
                  className="underline underline-offset-2"
                >
                  Problems of #{run.number}
                </Link>
              ),
          )}
        </span>
      </div>
      {base ? (
        <>
          <nav aria-label="What changed" className="mb-1 flex gap-4 overflow-x-auto border-b">
            {becameOrder.map((became) => (
              <Link
                key={became}
                href={address({ only: became })}
                scroll={false}
                aria-current={became === only ? "page" : undefined}
                className={cn(
                  "-mb-px flex h-8 shrink-0 items-center gap-1.5 border-b-2",
                  became === only ? "border-accent font-medium" : "border-transparent text-muted hover:text-fg",
                )}
              >
                {becameWords[became].title}
                <span className="text-muted">{first.counts?.[became].toLocaleString("en")}</span>
              </Link>
            ))}
          </nav>
          <Lists key={`${base.id} ${head.id} ${only}`} {...{ projectId, first, only, base, head }} />
        </>
      ) : (
        <Empty icon={ListChecks} title="No run before this one">
          Neither its branch nor the default branch has an earlier run. Choose a base above.
        </Empty>
      )}
    </>
  );
}

type ListsProps = { projectId: string; first: Comparison; only: Became; base: Run; head: Run };

function Lists({ projectId, first, only, base, head }: ListsProps) {
  const pages = useInfiniteQuery({
    queryKey: ["compare", base.id, head.id, only],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        base: base.id,
        head: head.id,
        only,
        ...(pageParam && { cursor: pageParam }),
      });
      return call<Comparison>(`/api/projects/${projectId}/compare?${query}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    initialData: { pages: [first], pageParams: [""] },
    placeholderData: keepPreviousData,
  });
  const { data, error, refetch } = pages;
  useLive({ topics: ["run"], projectId }, () => void refetch());
  const cases = data.pages.flatMap((page) => page.cases);
  return (
    <>
      {error && <ProblemNotice problem={problemOf(error)} className="my-3" />}
      {cases.length === 0 ? (
        <p className="px-2 py-8 text-center text-muted">{becameWords[only].none}</p>
      ) : (
        <ul aria-label={becameWords[only].title}>
          {cases.map((one) => (
            <ComparedRow key={one.caseId} projectId={projectId} compared={one} runs={{ base, head }} />
          ))}
        </ul>
      )}
      <LoadMore query={pages} />
    </>
  );
}
