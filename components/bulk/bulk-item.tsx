import { shortKey } from "@/components/issues/short-key";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";
import { Until } from "@/components/ui/until";
import type { BulkItemView, BulkView } from "@/lib/issues/bulk/shapes";
import { counted } from "../triage/words";
import { OutcomeMark } from "./outcome-mark";
import { outcomeWords } from "./words";

type Props = { projectId: string; bulk: BulkView; item: BulkItemView };

/** One issue of a job: what it is for, where its form is, and what has become of it. */
export function BulkItem({ projectId, bulk, item }: Props) {
  const { title, outcome, issue, error, isJoined, results, groups, warnings } = item;
  const run = `/projects/${projectId}/runs/${bulk.run.id}`;
  const isOne = bulk.mode !== "combined";
  const form = !isOne ? run : item.groupId ? `${run}?group=${item.groupId}` : `${run}?result=${item.resultId}`;
  return (
    <div className="flex h-full min-w-0 items-start gap-2.5 px-3 py-2" data-outcome={outcome}>
      <span className="mt-0.5">
        <OutcomeMark outcome={outcome} />
      </span>
      <div className="min-w-0 flex-1">
        <Link href={form} className="block truncate underline-offset-2 hover:underline" title={title}>
          {title}
        </Link>
        <p
          className={cn("text-meta text-muted", error ? "line-clamp-2 break-words" : "truncate")}
          title={error?.message ?? warnings[0]?.message}
        >
          <span className="text-fg">{outcomeWords[outcome]}</span>
          {isJoined && " with the one that somebody else asked for"}
          {outcome === "held" && error?.retryAt && (
            <>
              {": goes on "}
              <Until word="at" at={error.retryAt} />
            </>
          )}
          {error && outcome !== "held" && `: ${error.message}`}
          {outcome === "held" && error && !error.retryAt && `: ${error.message}`}
          {!error && warnings[0] && ` · ${warnings[0].message}`}
          {!isOne && ` · ${groups > 0 ? counted(groups, "problem") : counted(results, "failure")}`}
        </p>
      </div>
      {issue && (
        <a
          href={issue.url}
          target="_blank"
          rel="noopener noreferrer"
          className="inline-flex h-6 max-w-40 shrink-0 items-center rounded-md border px-2 font-mono text-code hover:bg-hover"
          title={`${issue.key}: ${issue.title}`}
        >
          <span className="truncate">{shortKey(issue.key)}</span>
        </a>
      )}
    </div>
  );
}
