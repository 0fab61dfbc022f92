"use client";

import dynamic from "next/dynamic";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import type { IssueActions } from "@/components/issues/result-issues";
import type { Result, ResultRow } from "@/lib/results/shapes";
import type { GroupRow } from "@/lib/triage/shapes";
import { GroupActions } from "./group-actions";
import { GroupPane } from "./group-pane";
import { SeverityButton } from "./severity-button";
import { SeverityMenu, type SeverityMenuState } from "./severity-menu";
import type { Place } from "./use-groups";
import type { Triage } from "./use-triage";

// On first use: most problems are judged by their sample.
const ResultPane = dynamic(() => import("@/components/results/result-pane").then((module) => module.ResultPane));

type Actions = RefObject<IssueActions | null>;

type Props = {
  place: Place;
  environment: string | null;
  groupId: string;
  /** One of its failures, which is open in its place. */
  resultId: string | null;
  row: GroupRow | null;
  firstSample: Result | null;
  canCreate: boolean;
  canTriage: boolean;
  canManage: boolean;
  triage: Triage;
  severity: SeverityMenuState;
  /** Where the actions of the issues are handed to, for the page's keys. */
  issues: { group: Actions; result: Actions };
  scrollerRef: RefObject<HTMLDivElement | null>;
  onMute(group: GroupRow): void;
  onAssess(group: GroupRow): void;
  onBack(): void;
  onResult(result: ResultRow): void;
  onCloseResult(): void;
  onMoved(groupId: string): void;
};

/** The open problem, or one of its failures with a way back to it. */
export function OpenProblem(props: Props) {
  const { place, groupId, resultId, canCreate, canTriage, severity, issues, scrollerRef, onMute, onAssess } = props;

  // Another problem is read from its beginning; whoever comes back from one of its failures finds the place again.
  const readTo = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of another problem.
  useEffect(() => {
    readTo.current = 0;
    scrollerRef.current?.scrollTo(0, 0);
  }, [groupId, scrollerRef]);
  useLayoutEffect(() => {
    if (!resultId) scrollerRef.current?.scrollTo(0, readTo.current);
  }, [resultId, scrollerRef]);
  const openResult = (result: ResultRow) => {
    readTo.current = scrollerRef.current?.scrollTop ?? 0;
    props.onResult(result);
  };

  return (
    <>
      <div hidden={resultId !== null}>
        <GroupPane
          key={groupId}
          {...props}
          severity={(group) =>
            canTriage ? (
              <SeverityMenu
                value={group.severity}
                {...severity}
                onReset={
                  group.severitySource === "hand"
                    ? () => void props.triage.assess([group], { severity: null })
                    : undefined
                }
              >
                <SeverityButton severity={group.severity} />
              </SeverityMenu>
            ) : (
              <SeverityButton severity={group.severity} isFixed />
            )
          }
          actions={(group) => (
            <GroupActions
              place={place}
              group={group}
              canCreate={canCreate}
              canTriage={canTriage}
              register={issues.group}
              onMute={() => onMute(group)}
              onAssess={() => onAssess(group)}
            />
          )}
          onResult={openResult}
        />
      </div>
      {resultId && (
        <ResultPane
          place={place}
          resultId={resultId}
          first={null}
          canCreate={canCreate}
          backTo="Back to the problem"
          isBackAlways
          onBack={props.onCloseResult}
          register={issues.result}
        />
      )}
    </>
  );
}
