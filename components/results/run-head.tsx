import { GitCompareArrows } from "lucide-react";
import type { ReactNode } from "react";
import { BulkLink } from "@/components/bulk/bulk-link";
import { RunIssuesButton } from "@/components/issues/run-issues";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";
import type { Run } from "@/lib/results/shapes";
import { RunHeader } from "./run-header";

type Props = {
  projectId: string;
  run: Run;
  /** On a small screen what is open takes the whole of it. */
  isHidden: boolean;
  totals?: ReactNode;
  keys: ReactNode;
  /** The way to many issues at once, for those who may. */
  bulk: ReactNode;
  children: ReactNode;
};

/** The head of a run's page: what it is, what can be done with the whole of it, and how it is looked at. */
export const RunHead = ({ projectId, run, isHidden, totals, keys, bulk, children }: Props) => (
  <div className={cn("flex flex-col gap-3 border-b px-4 pt-1 pb-3 sm:px-6", isHidden && "max-md:hidden")}>
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1">
        <RunHeader run={run} />
      </div>
      {totals && <div className="max-sm:hidden">{totals}</div>}
      <BulkLink projectId={projectId} runId={run.id} />
      <div className="flex items-center gap-1">
        {keys}
        <RunIssuesButton projectId={projectId} runId={run.id} />
        <Button asChild size="sm">
          <Link href={`/projects/${projectId}/runs/compare?head=${run.id}`} title="Compare with another run">
            <GitCompareArrows aria-hidden /> Compare
          </Link>
        </Button>
        {bulk}
      </div>
    </div>
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">{children}</div>
  </div>
);
