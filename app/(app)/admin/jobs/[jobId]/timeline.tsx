"use client";

import { inWords } from "@/components/results/duration";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { JobDetail, Subject } from "@/lib/jobs/shapes";
import { looks } from "../state-mark";
import { useNow } from "../use-now";
import { LaneText } from "./lane-text";
import { type Lane, lanesOf } from "./lanes";

/** The job's time from left to right: the queue, each step with its bar, and what comes next. */
export function Timeline({ job, readAt }: { job: JobDetail; readAt: Date }) {
  const nowMs = useNow(readAt, job.endedAt === null);
  const { lanes, fromMs, toMs } = lanesOf(job, nowMs);
  return (
    <div>
      <p className="mb-1 flex justify-between gap-4 text-meta text-muted md:pl-64">
        <Time at={new Date(fromMs)} exact />
        <span>{inWords(Math.round(toMs - fromMs))}</span>
      </p>
      <ol className="border-t">
        {lanes.map((lane) => (
          <li
            key={lane.id}
            className="grid gap-x-4 gap-y-1 border-b py-1.5 last:border-b-0 md:grid-cols-[15rem_minmax(0,1fr)]"
          >
            <LaneText lane={lane} />
            <Bar lane={lane} fromMs={fromMs} toMs={toMs} />
            {(lane.note || lane.dueAt) && (
              <p className="text-meta text-muted md:col-start-2">
                {lane.note}
                {lane.dueAt && (
                  <>
                    {" "}
                    <Time at={lane.dueAt} />
                  </>
                )}
              </p>
            )}
            {lane.subjects.length > 0 && <Ids subjects={lane.subjects} />}
            {lane.error && (
              <p className="min-w-0 whitespace-pre-wrap break-words text-meta text-muted md:col-start-2">
                {lane.error}
              </p>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What a step is about, by kind and the end of the id, which tells two of one moment apart. */
const Ids = ({ subjects }: { subjects: Subject[] }) => (
  <p className="flex min-w-0 flex-wrap gap-x-3 text-meta text-muted md:col-start-2">
    {subjects.map(({ kind, id, name, path }) => {
      const text = (
        <>
          {kind} <code className="font-mono">…{id.slice(-6)}</code>
        </>
      );
      const title = name ? `${name} (${id})` : id;
      return path ? (
        <Link key={id} href={path} title={title} className="underline underline-offset-2 hover:text-fg">
          {text}
        </Link>
      ) : (
        <span key={id} title={title}>
          {text}
        </span>
      );
    })}
  </p>
);

type BarProps = { lane: Lane; fromMs: number; toMs: number };

/** Where in the job's time the lane lies. The words beside it say the same, so it is drawn for the eye alone. */
function Bar({ lane, fromMs, toMs }: BarProps) {
  const { bar, colour } = looks[lane.state];
  const whole = Math.max(1, toMs - fromMs);
  const share = (ms: number) => (100 * Math.min(Math.max(ms, 0), whole)) / whole;
  return (
    <div aria-hidden className={cn("relative h-5 rounded-sm bg-subtle", colour)}>
      {lane.startMs !== null && lane.endMs !== null && (
        <span
          className={cn("absolute inset-y-1.5 min-w-[3px] rounded-sm", bar)}
          style={{
            left: `min(${share(lane.startMs - fromMs)}%, calc(100% - 3px))`,
            width: `${share(lane.endMs - lane.startMs)}%`,
          }}
        />
      )}
    </div>
  );
}
