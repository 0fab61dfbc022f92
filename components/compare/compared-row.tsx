import { ArrowRight } from "lucide-react";
import { environmentName, resultHref } from "@/components/cases/result-href";
import { StatusIcon, statusLooks } from "@/components/results/status";
import { Link } from "@/components/ui/link";
import type { Compared } from "@/lib/results/compare-shapes";
import type { Run } from "@/lib/results/shapes";
import { suitePath } from "@/lib/results/suite-path";
import { firstLine } from "@/lib/richtext/terminal";

type Side = Compared["environments"][number]["base"];
type Props = { projectId: string; compared: Compared; runs: { base: Run; head: Run } };

/** A case in a comparison: once, with each of its environments from one run to the other. */
export function ComparedRow({ projectId, compared, runs }: Props) {
  const { caseId, name, environments, environmentCount, message } = compared;
  const where = suitePath(compared);
  const more = environmentCount - environments.length;
  return (
    <li className="grid gap-x-4 gap-y-1 border-b px-2 py-1.5 md:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
      <div className="min-w-0">
        <Link
          href={`/projects/${projectId}/cases/${caseId}`}
          prefetch={false}
          title={name}
          className="block truncate font-medium hover:underline"
        >
          <span dir="auto">{name}</span>
        </Link>
        {where && (
          <p className="truncate text-meta text-muted" title={where}>
            {where}
          </p>
        )}
        {message && (
          <p dir="auto" className="truncate text-left font-mono text-code text-muted" title={message}>
            {firstLine(message)}
          </p>
        )}
      </div>
      <ul className="flex flex-col gap-0.5 self-center" aria-label={`Environments of ${name}`}>
        {environments.map((one) => (
          <li key={one.name} className="flex min-w-0 items-center gap-1.5">
            <Result projectId={projectId} side={one.base} run={runs.base} environment={one.name} />
            <ArrowRight className="size-3 shrink-0 text-muted" aria-hidden />
            <Result projectId={projectId} side={one.head} run={runs.head} environment={one.name} />
            <span className="min-w-0 truncate text-muted" title={environmentName(one.name)}>
              {environmentName(one.name)}
            </span>
          </li>
        ))}
        {more > 0 && <li className="text-meta text-muted">and {more} more environments</li>}
      </ul>
    </li>
  );
}

type ResultProps = { projectId: string; side: Side; run: Run; environment: string };

function Result({ projectId, side, run, environment }: ResultProps) {
  const place = `in run #${run.number}, ${environmentName(environment)}`;
  if (!side)
    return (
      <span className="w-4 text-center text-muted" title={`Not run ${place}`}>
        –<span className="sr-only">Not run {place}</span>
      </span>
    );
  const label = `${statusLooks[side.status].word} ${place}`;
  return (
    <Link
      href={resultHref(projectId, { runId: run.id, resultId: side.resultId })}
      prefetch={false}
      aria-label={label}
      title={label}
      className="rounded hover:bg-hover"
    >
      <StatusIcon status={side.status} />
    </Link>
  );
}
