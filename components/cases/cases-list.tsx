"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { FlaskConical, LoaderCircle } from "lucide-react";
import { useEffect, useState } from "react";
import { call, problemOf } from "@/components/api";
import { useLive } from "@/components/live/use-live";
import { StatusIcon } from "@/components/results/status";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Time } from "@/components/ui/time";
import type { CaseRow } from "@/lib/results/case-shapes";
import { suitePath } from "@/lib/results/suite-path";
import type { CasesFilterValue } from "./cases-filter";
import { FlakyMark } from "./flaky-evidence";
import { resultHref } from "./result-href";

type CasesPage = { cases: CaseRow[]; next: string | null };
type Props = { projectId: string; filter: CasesFilterValue; first: CasesPage };

const screenful = 50;

/** The cases that match. One call looks at a part of them; the list goes on looking until it has a screenful. */
export function CasesList({ projectId, filter, first }: Props) {
  const query = new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError, refetch } =
    useInfiniteQuery({
      queryKey: ["cases", projectId, query.toString()],
      queryFn: ({ pageParam, signal }) => {
        const asked = new URLSearchParams(query);
        if (pageParam) asked.set("cursor", pageParam);
        return call<CasesPage>(`/api/projects/${projectId}/cases${asked.size > 0 ? `?${asked}` : ""}`, { signal });
      },
      initialPageParam: "",
      getNextPageParam: ({ next }) => next,
      initialData: { pages: [first], pageParams: [""] },
    });
  useLive({ topics: ["run", "case"], projectId }, () => void refetch());

  const cases = data.pages.flatMap((page) => page.cases);
  const [wanted, setWanted] = useState(screenful);
  const isLooking = hasNextPage && !isFetchNextPageError && cases.length < wanted;
  useEffect(() => {
    if (isLooking && !isFetchingNextPage) void fetchNextPage();
  }, [isLooking, isFetchingNextPage, fetchNextPage]);

  if (cases.length === 0 && !isLooking && !error)
    return filter.q || filter.state ? (
      <Empty icon={FlaskConical} title="No case matches">
        No test case of this project has this text and state.
      </Empty>
    ) : (
      <Empty icon={FlaskConical} title="No cases yet">
        Each test of an imported report becomes a case, and keeps its history here.
      </Empty>
    );
  return (
    <>
      {cases.length > 0 && <CaseTable projectId={projectId} cases={cases} />}
      {error && <ProblemNotice problem={problemOf(error)} className="mt-3" />}
      {hasNextPage && (
        <div className="pt-3 text-center">
          {isLooking ? (
            <p role="status" className="inline-flex h-8 items-center gap-2 text-muted">
              <LoaderCircle className="size-3.5 animate-spin" aria-hidden /> Looking through the cases
            </p>
          ) : (
            <Button
              busy={isFetchingNextPage}
              onClick={() => {
                setWanted(cases.length + screenful);
                void fetchNextPage();
              }}
            >
              Load more
            </Button>
          )}
        </div>
      )}
    </>
  );
}

const columns = "md:grid-cols-[1rem_minmax(0,1fr)_9rem_9rem_minmax(0,9rem)]";

const CaseTable = ({ projectId, cases }: { projectId: string; cases: CaseRow[] }) => (
  <>
    <div aria-hidden className={`hidden gap-x-3 px-2 pb-1 text-meta text-muted md:grid ${columns}`}>
      <span />
      <span>Case</span>
      <span>Last result</span>
      <span>Last failure</span>
      <span>Owner</span>
    </div>
    <ul className="border-t" aria-label="Test cases">
      {cases.map((row) => (
        <Row key={row.id} projectId={projectId} row={row} />
      ))}
    </ul>
  </>
);

function Row({ projectId, row }: { projectId: string; row: CaseRow }) {
  const { id, name, owner, component, tags, last, lastFailure, flaky, flakyScore } = row;
  const where = suitePath(row);
  return (
    <li
      className={`grid grid-cols-[1rem_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5 border-b px-2 py-1.5 hover:bg-hover ${columns}`}
    >
      {last ? <StatusIcon status={last.status} /> : <span />}
      <div className="min-w-0">
        <p className="flex min-w-0 items-center gap-2">
          <Link
            href={`/projects/${projectId}/cases/${id}`}
            prefetch={false}
            title={name}
            className="min-w-0 truncate font-medium hover:underline"
          >
            <span dir="auto">{name}</span>
          </Link>
          <FlakyMark score={flakyScore} word={flaky} className="shrink-0" />
          {[...new Set([...(component ? [component] : []), ...tags])].slice(0, 3).map((tag) => (
            <Badge key={tag} className="min-w-0 max-w-28 max-md:hidden" title={tag}>
              <span className="truncate">{tag}</span>
            </Badge>
          ))}
        </p>
        {where && (
          <p className="truncate text-meta text-muted" title={where}>
            {where}
          </p>
        )}
      </div>
      <Told projectId={projectId} of={last} label="Last result" />
      <Told projectId={projectId} of={lastFailure} label="Last failure" />
      <span className="truncate text-muted max-md:hidden" title={owner ?? undefined}>
        {owner}
      </span>
    </li>
  );
}

type ToldProps = { projectId: string; of: CaseRow["last"]; label: string };

const Told = ({ projectId, of, label }: ToldProps) => (
  <span className="truncate text-meta text-muted max-md:col-start-2">
    {of && (
      <Link href={resultHref(projectId, of)} prefetch={false} className="hover:text-fg hover:underline">
        <span className="md:sr-only">{label}: </span>#{of.runNumber} · <Time at={of.createdAt} />
      </Link>
    )}
  </span>
);
