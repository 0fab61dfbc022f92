"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { problemOf } from "@/components/api";
import type { IssueActions } from "@/components/issues/result-issues";
import { KeysHelp } from "@/components/results/keys-help";
import { RunHead } from "@/components/results/run-head";
import { SplitView } from "@/components/results/split-view";
import { TotalsLine } from "@/components/results/status";
import { useKeys } from "@/components/results/use-keys";
import { useRunAddress } from "@/components/results/use-run-address";
import { useSplit } from "@/components/results/use-split";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useLater } from "@/components/ui/use-later";
import type { Severity } from "@/lib/db/generated/enums";
import type { Result, ResultRow, Run } from "@/lib/results/shapes";
import type { GroupRow, GroupsPage, GroupView } from "@/lib/triage/shapes";
import { BulkButton } from "./bulk-button";
import { GroupList } from "./group-list";
import { NoProblems } from "./no-problems";
import { OpenProblem } from "./open-problem";
import { onlyOf, ProblemFilter } from "./problem-filter";
import { groupsOf, linesOf } from "./sections";
import { SelectionBar } from "./selection-bar";
import { SeverityButton } from "./severity-button";
import { SeverityMenu } from "./severity-menu";
import { Summary } from "./summary";
import { TriageDialogs } from "./triage-dialogs";
import { useChoice } from "./use-choice";
import { useDialogs } from "./use-dialogs";
import { groupsQuery, useGroups, useLiveGroups } from "./use-groups";
import { useNext } from "./use-next";
import { useTriage } from "./use-triage";

export type FirstGroups = { key: string; page: GroupsPage; sample: Result | null };

type Props = {
  projectId: string;
  run: Run;
  /** Null: this view was opened from the other one, and reads for itself. */
  first: FirstGroups | null;
  canCreate: boolean;
  canTriage: boolean;
  canManage: boolean;
  switcher: ReactNode;
};

/** A run folded into problems: the screen that people live in. */
export default function ProblemsView({ projectId, run, first, canCreate, canTriage, canManage, switcher }: Props) {
  const place = { projectId, runId: run.id };
  const client = useQueryClient();
  const { group: selected, selected: inGroup, only: named, filter, change } = useRunAddress();
  const [only, { q }] = [onlyOf(named), filter];
  const resultId = selected ? inGroup : null;

  useLiveGroups(place);
  const { groups, totals, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useGroups(
    place,
    groupsQuery(only, q),
    first,
  );
  const [isAwayOpen, setAwayOpen] = useState(false);
  const lines = useMemo(() => linesOf(groups, { isAwayOpen, hasMore: hasNextPage }), [groups, isAwayOpen, hasNextPage]);
  const listed = useMemo(() => groupsOf(lines), [lines]);
  const close = useCallback(() => change({ group: null, result: null }), [change]);
  const split = useSplit({ selected, ids: listed.map(({ id }) => id), onClose: close });
  const { shownId, current, focusPane, focusRow, forget, pane } = split;

  const triage = useTriage(place);
  const choice = useChoice(listed);
  const dialogs = useDialogs(focusRow);
  const [severityAt, setSeverityAt] = useState<"pane" | "bar" | null>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const issues = { group: useLater<IssueActions>(shownId), result: useLater<IssueActions>(resultId) };
  const canChoose = canTriage || canCreate;

  /** What a key is for: the chosen problems, or the open one. */
  const targets = (): GroupRow[] => {
    if (choice.chosen.length > 0) return choice.chosen;
    const open =
      groups.find(({ id }) => id === shownId) ?? client.getQueryData<GroupView>(["group", run.id, shownId])?.group;
    return open ? [open] : [];
  };

  const openGroup = useCallback(
    (id: string, byKeyboard: boolean) => {
      change({ group: id, result: null }, selected ? "replace" : "push");
      if (byKeyboard) focusPane();
    },
    [change, selected, focusPane],
  );
  const next = useNext(listed, current);
  const step = (by: number, isRange = false) => {
    const id = next(by);
    if (!id) return;
    if (isRange && shownId && canChoose) choice.stretch(shownId, id);
    change({ group: id, result: null });
  };

  const mute = async (of: readonly GroupRow[]) => {
    if (!canTriage || of.length === 0) return;
    // It leaves its place in the list, and stays open beside it.
    if (!selected && shownId) change({ group: shownId });
    const isMuted = of.every(({ assessment }) => assessment === "muted");
    if (await triage.assess(of, { assessment: isMuted ? "active" : "muted" })) choice.clear();
  };
  const createMany = () => dialogs.open({ kind: "bulk", groups: choice.chosen });
  const rate = (severity: Severity) => void triage.assess(targets(), { severity });
  const merge = () => {
    if (canTriage && choice.chosen.length > 1) dialogs.open({ kind: "merge", groups: choice.chosen });
  };
  const mergeInto = async (into: GroupRow, from: readonly GroupRow[]) => {
    const isDone = await triage.merge(into, from);
    if (!isDone) return false;
    choice.clear();
    if (from.some(({ id }) => id === shownId)) change({ group: into.id, result: null });
    return true;
  };

  const narrow = useCallback(
    (changes: { only?: string | null; q?: string }) => {
      forget();
      choice.clear();
      change({ ...changes, view: "problems", group: null, result: null });
    },
    [change, forget, choice.clear],
  );
  const onText = useCallback((text: string) => narrow({ q: text }), [narrow]);
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const onMoved = useCallback((id: string) => change({ group: id, result: null }), [change]);

  const openResult = (result: ResultRow) => change({ group: shownId, result: result.id }, "push");
  const closeResult = () => {
    change({ result: null });
    focusPane();
  };

  // As with the other keys, what is chosen goes before what is open; a failure that is open is meant alone.
  const asksForMany = canCreate && resultId === null && choice.chosen.length > 0;
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    J: () => step(1, true),
    K: () => step(-1, true),
    Enter: () => {
      if (shownId && !selected) change({ group: shownId }, "push");
      focusPane();
    },
    x: () => shownId && canChoose && choice.choose(shownId, false),
    "/": () => search.current?.focus(),
    Escape: () => {
      if (resultId) closeResult();
      else if (choice.chosen.length > 0) choice.clear();
      else split.back();
    },
    c: () => (asksForMany ? createMany() : issues[resultId ? "result" : "group"].ask(({ create }) => create())),
    l: () => issues[resultId ? "result" : "group"].ask(({ link }) => link()),
    m: () => void mute(targets()),
    M: merge,
    s: () => canTriage && setSeverityAt(choice.chosen.length > 0 ? "bar" : "pane"),
    u: () => canTriage && triage.undoLatest(),
    "?": () => setHelpOpen(true),
  });

  const isFiltered = only !== null || q !== "";
  const menuAt = (at: "pane" | "bar") => ({
    isOpen: severityAt === at,
    onOpenChange: (isOpen: boolean) => setSeverityAt(isOpen ? at : null),
    onPick: rate,
  });
  return (
    <>
      <RunHead
        projectId={projectId}
        run={run}
        isHidden={selected !== null}
        totals={<TotalsLine totals={run.totals} />}
        keys={
          <KeysHelp
            view="problems"
            isOpen={isHelpOpen}
            onOpenChange={setHelpOpen}
            canCreate={canCreate}
            canTriage={canTriage}
          />
        }
        bulk={
          canCreate &&
          groups.length > 0 && (
            <BulkButton
              projectId={projectId}
              runId={run.id}
              selection={isFiltered ? { filter: { ...(only && { only }), ...(q && { q }) } } : null}
            />
          )
        }
      >
        {switcher}
        <Summary totals={totals} />
        <ProblemFilter
          totals={totals}
          only={only}
          q={q}
          searchRef={search}
          onOnly={(value) => narrow({ only: value })}
          onText={onText}
          onLeave={focusRow}
        />
      </RunHead>
      <SplitView
        isOpen={selected !== null}
        listRef={split.list}
        paneRef={pane}
        list={
          <>
            {error && <ProblemNotice problem={problemOf(error)} className="m-4" />}
            {isPending && <ListSkeleton />}
            {groups.length > 0 && (
              <GroupList
                lines={lines}
                environment={run.environment}
                shownId={shownId}
                chosen={choice.ids}
                hasMore={hasNextPage}
                isAwayOpen={isAwayOpen}
                onAway={setAwayOpen}
                onMore={more}
                onChoose={canChoose ? choice.choose : undefined}
                onOpen={openGroup}
              />
            )}
            {groups.length === 0 && !error && !isPending && (
              <NoProblems
                totals={run.totals}
                isFiltered={isFiltered}
                onClear={() => narrow({ only: null, q: "" })}
                onResults={() => change({ view: "results", only: null, q: null, group: null, result: null }, "push")}
              />
            )}
            {choice.chosen.length > 0 && (
              <SelectionBar
                count={choice.chosen.length}
                canTriage={canTriage}
                {...(canCreate && { onCreate: createMany })}
                isMuted={choice.chosen.every(({ assessment }) => assessment === "muted")}
                severity={
                  <SeverityMenu value={null} {...menuAt("bar")}>
                    <SeverityButton severity={null} />
                  </SeverityMenu>
                }
                onMerge={merge}
                onMute={() => void mute(choice.chosen)}
                onAssess={() => dialogs.open({ kind: "assess", groups: choice.chosen })}
                onClear={choice.clear}
              />
            )}
          </>
        }
        pane={
          shownId && (
            <OpenProblem
              place={place}
              environment={run.environment}
              groupId={shownId}
              resultId={resultId}
              row={groups.find(({ id }) => id === shownId) ?? null}
              firstSample={first?.sample ?? null}
              canCreate={canCreate}
              canTriage={canTriage}
              canManage={canManage}
              triage={triage}
              severity={menuAt("pane")}
              issues={issues}
              scrollerRef={pane}
              onMute={(group) => void mute([group])}
              onAssess={(group) => dialogs.open({ kind: "assess", groups: [group] })}
              onBack={split.back}
              onResult={openResult}
              onCloseResult={closeResult}
              onMoved={onMoved}
            />
          )
        }
      />
      <TriageDialogs
        place={place}
        dialogs={dialogs}
        onMerge={mergeInto}
        onAssess={(of, judgement) => triage.assess(of, judgement)}
      />
    </>
  );
}

const ListSkeleton = () => (
  <div className="flex flex-col gap-4 p-4">
    {[1, 2, 3, 4, 5].map((row) => (
      <Skeleton key={row} className="h-10" />
    ))}
  </div>
);
