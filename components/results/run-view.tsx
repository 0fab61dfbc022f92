"use client";

import dynamic from "next/dynamic";
import type { FirstGroups } from "@/components/triage/problems-view";
import type { Run } from "@/lib/results/shapes";
import type { FirstResults } from "./results-view";
import { useRun } from "./use-results";
import { useRunAddress } from "./use-run-address";
import { hasFailures } from "./view-of";
import { ViewSwitch } from "./view-switch";

// Whoever looks at one view does not load the other.
const ProblemsView = dynamic(() => import("@/components/triage/problems-view"));
const ResultsView = dynamic(() => import("./results-view"));

type Props = {
  projectId: string;
  firstRun: Run;
  /** What the page was rendered with: of the view that its address names. */
  first: { groups: FirstGroups } | { results: FirstResults };
  canCreate: boolean;
  canTriage: boolean;
  canManage: boolean;
};

/** A run: folded into problems, or as the flat list of its results. */
export function RunView({ projectId, firstRun, first, canCreate, canTriage, canManage }: Props) {
  const run = useRun({ projectId, runId: firstRun.id }, firstRun);
  const { view, change } = useRunAddress(hasFailures(run.totals));
  const switcher = <ViewSwitch view={view} change={change} />;
  const shared = { projectId, run, canCreate, switcher };
  return (
    <div className="flex h-full flex-col">
      {view === "problems" ? (
        <ProblemsView
          {...shared}
          canTriage={canTriage}
          canManage={canManage}
          first={"groups" in first ? first.groups : null}
        />
      ) : (
        <ResultsView {...shared} first={"results" in first ? first.results : null} />
      )}
    </div>
  );
}
