import { ExternalLink, GitBranch, GitCommitHorizontal } from "lucide-react";
import { Time } from "@/components/ui/time";
import type { Run } from "@/lib/results/shapes";
import { inWords } from "./duration";

/** What a run is: number, branch, commit, age, and the way to its build. */
export function RunHeader({ run }: { run: Run }) {
  const { number, branch, commit, buildUrl, environment, attempt, durationMs, createdAt } = run;
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <h1 className="font-semibold text-title">Run #{number}</h1>
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 text-muted">
        {branch && (
          <span className="inline-flex min-w-0 items-center gap-1">
            <GitBranch className="size-3.5 shrink-0" aria-hidden />{" "}
            <span className="max-w-72 truncate" title={branch}>
              {branch}
            </span>
          </span>
        )}
        {commit && (
          <span className="inline-flex items-center gap-1 font-mono text-code" title={commit}>
            <GitCommitHorizontal className="size-3.5" aria-hidden /> {commit.slice(0, 7)}
          </span>
        )}
        {environment && (
          <span className="max-w-56 truncate" title={environment}>
            {environment}
          </span>
        )}
        {attempt > 1 && <span>attempt {attempt}</span>}
        <Time at={createdAt} />
        <span>{inWords(durationMs)}</span>
        {buildUrl && (
          <a href={buildUrl} rel="noreferrer" target="_blank" className="inline-flex items-center gap-1 hover:text-fg">
            Build <ExternalLink className="size-3" aria-hidden />
          </a>
        )}
      </div>
    </header>
  );
}
