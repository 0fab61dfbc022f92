import { SeverityMark } from "@/components/triage/severity-mark";
import { assessmentWords } from "@/components/triage/words";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { CaseHistory } from "@/lib/results/case-shapes";

type Props = { projectId: string; groups: CaseHistory["groups"] };

/** The problems that a case's failures belong to, each with the way to its latest failure. */
export const CaseGroups = ({ projectId, groups }: Props) => (
  <ul className="border-t" aria-label="Problems of this case">
    {groups.map((group) => (
      <li key={group.id} className="border-b">
        <Link
          href={`/projects/${projectId}/runs/${group.runId}?group=${group.id}`}
          prefetch={false}
          className="flex min-h-8 flex-wrap items-center gap-x-3 px-2 py-1 hover:bg-hover"
        >
          <SeverityMark severity={group.severity} />
          <span dir="auto" className="min-w-0 flex-1 truncate text-left font-mono text-code" title={group.title}>
            {group.title}
          </span>
          {group.assessment !== "active" && <Badge>{assessmentWords[group.assessment]}</Badge>}
          <span className="shrink-0 text-meta text-muted">
            run #{group.runNumber} · <Time at={group.lastSeenAt} />
          </span>
        </Link>
      </li>
    ))}
  </ul>
);
