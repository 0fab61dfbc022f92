import { inWords } from "@/components/results/duration";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { counted } from "@/lib/integrations/counted";
import { functionName } from "@/lib/jobs/function-name";
import type { Job } from "@/lib/jobs/shapes";
import { aboutOf } from "./names";
import { StateMark } from "./state-mark";

/** One job: how it stands, what it does and for what, and why it has not succeeded. */
export function JobRow({ job }: { job: Job }) {
  const { id, functionId, state, pausedAt, attempts, createdAt, error, subjects } = job;
  const about = aboutOf(subjects);
  const isBad = state === "failed" || state === "retrying";
  return (
    <li className="relative grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 border-b py-1.5 sm:px-2 hover:bg-hover md:grid-cols-[6.5rem_minmax(0,1fr)_6rem_9rem_8rem]">
      <StateMark state={pausedAt ? "paused" : state} />
      <p className="flex min-w-0 items-baseline gap-2">
        <Link
          href={`/admin/jobs/${id}`}
          data-row
          className="min-w-0 max-w-[70%] shrink-0 font-medium font-mono text-code after:absolute after:inset-0 after:content-[''] max-md:max-w-full"
        >
          <span className="block truncate" title={functionId}>
            {functionName(functionId)}
          </span>
        </Link>
        <span className="min-w-0 truncate text-muted max-md:hidden" title={about}>
          {about}
        </span>
      </p>
      {about && <p className="col-start-2 truncate text-muted md:hidden">{about}</p>}
      <p className="col-start-2 flex flex-wrap gap-x-3 text-meta text-muted md:contents">
        <span className="whitespace-nowrap max-md:empty:hidden md:text-right md:leading-5">
          {attempts > 1 ? counted(attempts, "attempt") : ""}
        </span>
        <span className="whitespace-nowrap max-md:empty:hidden md:text-right md:leading-5">
          <Progress {...job} />
        </span>
        <Time at={createdAt} className="whitespace-nowrap md:text-right md:leading-5" />
      </p>
      {isBad && error && (
        <p className="col-start-2 truncate text-meta text-muted md:col-end-[-1]" title={error.message.slice(0, 500)}>
          {error.message}
        </p>
      )}
    </li>
  );
}

/** How long it took, or when it goes on. */
function Progress({ startedAt, endedAt, dueAt, pausedAt }: Job) {
  if (endedAt) return startedAt ? `took ${inWords(endedAt.getTime() - startedAt.getTime())}` : "never started";
  if (dueAt && !pausedAt)
    return (
      <>
        goes on <Time at={dueAt} />
      </>
    );
  return "";
}
