import { inWords } from "@/components/results/duration";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { functionName } from "@/lib/jobs/function-name";
import type { Job } from "@/lib/jobs/shapes";
import { Elapsed } from "./elapsed";
import { aboutOf } from "./names";
import { StateMark } from "./state-mark";

const columns = "md:grid-cols-[6.5rem_minmax(0,1fr)_5rem_8rem_8rem]";

/** The names of the columns, where there is room for columns; each row says them in words for whoever cannot see them. */
export const JobsHead = () => (
  <div aria-hidden className={`hidden gap-x-3 border-t py-1.5 text-meta text-muted sm:px-2 md:grid ${columns}`}>
    <span>State</span>
    <span>Function</span>
    <span className="text-right">Attempts</span>
    <span className="text-right">Started</span>
    <span className="text-right">Duration</span>
  </div>
);

/** One job: how it stands, what it does and for what, how often, since when and how long, and what went wrong. */
export function JobRow({ job, readAt }: { job: Job; readAt: Date }) {
  const { id, functionId, state, pausedAt, attempts, startedAt, createdAt, dueAt, error, subjects } = job;
  const about = aboutOf(subjects);
  const shownError = state === "failed" || state === "retrying" ? error : null;
  const goesOnAt = pausedAt ? null : dueAt;
  return (
    <li
      className={`relative grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 border-b py-1.5 sm:px-2 hover:bg-hover ${columns}`}
    >
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
      {about && <p className="col-span-full truncate text-muted md:hidden">{about}</p>}
      <p className="col-span-full flex flex-wrap gap-x-3 text-meta text-muted md:contents">
        <span className={cell}>
          {attempts}
          <span className="md:sr-only"> {attempts === 1 ? "attempt" : "attempts"}</span>
        </span>
        <span className={cell}>
          <span className={startedAt ? "md:sr-only" : ""}>{startedAt ? "started " : "queued "}</span>
          <Time at={startedAt ?? createdAt} />
        </span>
        <span className={cell}>
          <Duration {...job} readAt={readAt} />
        </span>
      </p>
      {(shownError || goesOnAt) && (
        <p
          className="col-span-full truncate text-meta text-muted md:col-start-2"
          title={shownError?.message.slice(0, 500)}
        >
          {goesOnAt && (
            <>
              goes on <Time at={goesOnAt} />
              {shownError && " · "}
            </>
          )}
          {shownError?.message}
        </p>
      )}
    </li>
  );
}

const cell = "whitespace-nowrap md:text-right md:leading-5";

/** From its start to its end, or to now. */
function Duration({ startedAt, endedAt, readAt }: Pick<Job, "startedAt" | "endedAt"> & { readAt: Date }) {
  if (!startedAt) return endedAt ? "never started" : "";
  return (
    <>
      <span className="md:sr-only">{endedAt ? "took " : "for "}</span>
      {endedAt ? inWords(endedAt.getTime() - startedAt.getTime()) : <Elapsed since={startedAt} readAt={readAt} />}
    </>
  );
}
