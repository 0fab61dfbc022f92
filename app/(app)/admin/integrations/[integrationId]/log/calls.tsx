import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { callOutcomes } from "@/lib/integrations/calls-filter";
import type { CallPage } from "@/lib/integrations/list-calls";
import { runUrl } from "@/lib/jobs/engine";

type Call = CallPage["calls"][number];

const looks = {
  accepted: { icon: CircleCheck, colour: "text-passed", meaning: "It happened." },
  refused: { icon: CircleX, colour: "text-error", meaning: "Nothing happened." },
  unknown: {
    icon: CircleHelp,
    colour: "text-flaky",
    meaning: "It may have happened: looked for before it is repeated.",
  },
} satisfies Record<(typeof callOutcomes)[number], unknown>;

/** The calls as a list that reads as lines where there is room, and folds where there is not. */
export const Calls = ({ calls }: Pick<CallPage, "calls">) => (
  <ul aria-label="Outbound calls" className="border-t">
    {calls.map((call) => (
      <li key={call.id} className="grid grid-cols-[1fr_auto] gap-x-4 border-b py-1.5 md:grid-cols-[1fr_13rem_12rem]">
        <p className="col-span-2 min-w-0 md:col-span-1">
          <span className="break-words font-mono text-code leading-5">
            {call.method} {call.pathTemplate}
          </span>
          <span className="block truncate text-meta text-muted">
            {call.host}
            {call.requestId && ` · request ${call.requestId}`}
          </span>
        </p>
        <p className="min-w-0">
          <Outcome call={call} />
          <span className="block text-meta text-muted">
            {call.durationMs.toLocaleString("en")} ms{call.attempt > 1 && ` · attempt ${call.attempt}`}
          </span>
        </p>
        <p className="min-w-0 text-right">
          <Time at={call.createdAt} className="text-muted" />
          {call.jobRunId && (
            <>
              {" · "}
              <JobLink jobId={call.jobRunId} />
            </>
          )}
          <span className="block text-meta text-muted tabular-nums">{left(call)}</span>
        </p>
      </li>
    ))}
  </ul>
);

/** To the job that made the call: its page here, or the run on the Inngest server that had it. */
function JobLink({ jobId }: { jobId: string }) {
  const look = "text-link underline underline-offset-2";
  const url = runUrl(jobId);
  if (!url)
    return (
      <Link href={`/admin/jobs/${jobId}`} className={look}>
        job
      </Link>
    );
  return (
    <a href={url} target="_blank" rel="noreferrer" className={look}>
      job
    </a>
  );
}

function Outcome({ call: { status, outcome, errorCode } }: { call: Call }) {
  const look = outcome in looks ? looks[outcome as keyof typeof looks] : looks.unknown; // `in` has just shown that
  const { icon: Icon, colour, meaning } = look;
  return (
    <span className="flex items-baseline gap-1.5" title={meaning}>
      <Icon className={cn("size-3.5 shrink-0 self-center", colour)} aria-hidden />
      <span className="min-w-0 break-words">
        {status ?? "No answer"} <span className={colour}>{outcome}</span>
        {errorCode && <span className="text-muted"> · {errorCode.replaceAll("_", " ")}</span>}
      </span>
    </span>
  );
}

function left({ rateLimitRemaining, rateLimit }: Call): string {
  if (rateLimitRemaining === null) return "";
  const of = rateLimit === null ? "" : ` of ${rateLimit.toLocaleString("en")}`;
  return `${rateLimitRemaining.toLocaleString("en")}${of} left`;
}
