"use client";

import { ArrowLeft } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { Result, ResultRow } from "@/lib/results/shapes";
import type { GroupRow, GroupView } from "@/lib/triage/shapes";
import { Fold } from "./fold";
import { GroupFailures } from "./group-failures";
import { GroupHead } from "./group-head";
import { Sample } from "./sample";
import { type Place, useGroup } from "./use-groups";
import type { Triage } from "./use-triage";
import { counted } from "./words";

const loading = () => <Skeleton className="h-24" />;
const WhyTogether = dynamic(() => import("./why-together"), { ssr: false, loading });
const History = dynamic(() => import("./history"), { ssr: false, loading });

const restMs = 80;

type Props = {
  place: Place;
  environment: string | null;
  groupId: string;
  /** As the list knows it, until the whole of it is there. */
  row: GroupRow | null;
  firstSample: Result | null;
  canTriage: boolean;
  canManage: boolean;
  triage: Triage;
  /** The issues of the group, and what the reader may do with it. */
  actions: (group: GroupRow) => ReactNode;
  severity: (group: GroupRow) => ReactNode;
  scrollerRef: RefObject<HTMLDivElement | null>;
  onBack(): void;
  onResult(result: ResultRow, byKeyboard: boolean): void;
  /** It has been merged into this one. */
  onMoved(groupId: string): void;
};

/** The open problem: what it is, who has it, an example of it, why its failures are together, and all of them. */
export function GroupPane(props: Props) {
  const { place, groupId, row, onMoved, onBack } = props;
  const isSettled = useSettled();
  const { data, error, isPaused } = useGroup(place, isSettled ? groupId : null);
  const group = data?.group ?? row;
  const movedTo = data && data.group.id !== groupId ? data.group.id : null;
  useEffect(() => {
    if (movedTo) onMoved(movedTo);
  }, [movedTo, onMoved]);

  return (
    <div className="px-4 py-4 sm:px-6">
      <Button variant="ghost" size="sm" onClick={onBack} className="mb-2 -ml-2 md:hidden">
        <ArrowLeft aria-hidden /> All problems
      </Button>
      {error && <ProblemNotice problem={problemOf(error)} className="mb-4" />}
      {isPaused && (
        <Notice title="You are offline" className="mb-4">
          This problem is read as soon as the connection is back.
        </Notice>
      )}
      {group ? (
        <Body {...props} group={group} view={data} isSettled={isSettled} />
      ) : (
        !error && !isPaused && <PaneSkeleton />
      )}
    </div>
  );
}

/** Held down, j runs through the list: only where it comes to rest is everything read. */
function useSettled(): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), restMs);
    return () => clearTimeout(timer);
  }, []);
  return isSettled;
}

type BodyProps = Props & { group: GroupRow; view: GroupView | undefined; isSettled: boolean };

function Body(props: BodyProps) {
  const { place, environment, group, view, isSettled, firstSample, canTriage, triage, scrollerRef, onResult } = props;
  const occurs = group.failures + group.flaky > 0;
  return (
    <div className="flex flex-col gap-4">
      <GroupHead
        projectId={place.projectId}
        group={group}
        runs={view?.sparkRuns ?? []}
        history={view?.history ?? []}
        severity={props.severity(group)}
      />
      {props.actions(group)}
      {!occurs && <Notice title="Not in this run">None of this run's failures belongs to this problem.</Notice>}
      <Sample
        key={group.sample.resultId}
        place={place}
        sample={group.sample}
        first={firstSample}
        isOfRun={occurs}
        isSettled={isSettled}
        canManage={props.canManage}
      />
      <div>
        <Fold title={`Why together?${view ? ` ${counted(view.fingerprints.length, "fingerprint")}` : ""}`}>
          {() => <WhyTogether view={view} canTriage={canTriage} triage={triage} />}
        </Fold>
        <Fold title={`History${view ? ` ${(view.history.length + view.changes.length).toLocaleString("en")}` : ""}`}>
          {() => <History view={view} canTriage={canTriage} triage={triage} />}
        </Fold>
        {occurs && isSettled && (
          <GroupFailures
            place={place}
            group={group}
            environment={environment}
            scrollerRef={scrollerRef}
            onResult={onResult}
          />
        )}
      </div>
    </div>
  );
}

const PaneSkeleton = () => (
  <div className="flex flex-col gap-4">
    <Skeleton className="h-20" />
    <Skeleton className="h-8 w-64" />
    <Skeleton className="h-56" />
  </div>
);
