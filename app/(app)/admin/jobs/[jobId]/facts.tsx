import type { ReactNode } from "react";
import { inWords } from "@/components/results/duration";
import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { functionName } from "@/lib/jobs/function-name";
import type { JobDetail } from "@/lib/jobs/shapes";

/** When and how often; what a person asks first of a job. */
export function Facts({ job }: { job: JobDetail }) {
  const { id, eventName, createdAt, startedAt, endedAt, attempts, maxAttempts } = job;
  return (
    <dl className="grid grid-cols-[6rem_minmax(0,1fr)] sm:grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      <Fact label="Queued">
        <Moment at={createdAt} />
      </Fact>
      {startedAt && (
        <Fact label="Started">
          <Moment at={startedAt} />
        </Fact>
      )}
      {endedAt && (
        <Fact label="Ended">
          <Moment at={endedAt} />
          {startedAt && <> · took {inWords(endedAt.getTime() - startedAt.getTime())}</>}
        </Fact>
      )}
      <Fact label="Attempts">
        {attempts === 0 ? "none has ended yet" : attempts}
        {maxAttempts !== null && <span className="text-muted"> · at most {maxAttempts} for each call</span>}
      </Fact>
      <Fact label="Started by">
        <code className="break-all font-mono text-code">{eventName}</code>
      </Fact>
      {job.relatives.map((relative) => (
        <Fact key={relative.id} label={kinds[relative.kind]}>
          <Link href={`/admin/jobs/${relative.id}`} className="text-link underline underline-offset-2">
            {functionName(relative.functionId)} <Id id={relative.id} />
          </Link>
        </Fact>
      ))}
      <Fact label="Job">
        <span className="-my-1 flex flex-wrap items-center gap-1">
          <code className="break-all font-mono text-code">{id}</code> <CopyButton text={id} label="Copy the job's id" />
        </span>
      </Fact>
    </dl>
  );
}

const kinds: Record<JobDetail["relatives"][number]["kind"], string> = {
  repeats: "Repeats",
  repeated_by: "Repeated by",
  invoked_by: "Invoked by",
  invokes: "Invokes",
};

/** The last part of an id tells two of one moment apart. */
const Id = ({ id }: { id: string }) => <code className="font-mono text-code">…{id.slice(-6)}</code>;

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{label}</dt>
    <dd className="min-w-0">{children}</dd>
  </>
);

const Moment = ({ at }: { at: Date }) => (
  <>
    <Time at={at} />{" "}
    <span className="text-muted">
      · <Time at={at} exact />
    </span>
  </>
);
