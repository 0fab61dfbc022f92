import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Notice } from "@/components/ui/notice";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { dashboardUrl, runUrl } from "@/lib/jobs/engine";
import { functionName } from "@/lib/jobs/function-name";
import { getJob } from "@/lib/jobs/get-job";
import type { JobDetail } from "@/lib/jobs/shapes";
import { Elsewhere } from "../elsewhere";
import { aboutOf } from "../names";
import { PausedNotice } from "../paused-notice";
import { StateMark } from "../state-mark";
import { Events } from "./events";
import { Facts } from "./facts";
import { Folded } from "./folded";
import { JobActions } from "./job-actions";
import { Timeline } from "./timeline";

type Props = { params: Promise<{ jobId: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> =>
  admit(async () => {
    const admin = await requireAdmin();
    const { jobId } = await params;
    if (runUrl(jobId)) return { title: "Job on Inngest" };
    const { functionId } = await getJob(admin, jobId);
    return { title: `${functionName(functionId)} · Jobs` };
  });

/** One job: how it stands and why, its steps in time, and what it works for. */
export default async function JobPage({ params }: Props) {
  const { jobId } = await params;
  const admin = await admit(() => requireAdmin());
  const steps = [{ label: "Administration" }, { label: "Jobs", href: "/admin/jobs" }, { label: `…${jobId.slice(-6)}` }];
  const url = runUrl(jobId);
  if (url)
    return (
      <Page>
        <Breadcrumbs steps={steps} />
        <Elsewhere url={url} isRun />
      </Page>
    );
  const job = await admit(() => getJob(admin, jobId));
  const name = functionName(job.functionId);
  const inngestUrl = dashboardUrl();

  return (
    <Page>
      <LiveRefresh topics={["job"]} />
      <Breadcrumbs steps={steps} />
      <PageHeader
        title={<span className="font-mono">{name}</span>}
        description={
          <span className="flex flex-wrap gap-x-3">
            <StateMark state={job.pausedAt ? "paused" : job.state} className="text-fg" />
            <span className="min-w-0 break-words">{aboutOf(job.events[0]?.subjects ?? [])}</span>
          </span>
        }
        actions={!inngestUrl && <JobActions jobId={jobId} name={name} can={job.can} />}
      />
      {inngestUrl && <Elsewhere url={inngestUrl} />}
      {job.pausedAt && <PausedNotice functionId={job.functionId} pausedAt={job.pausedAt} />}
      <Reason job={job} />
      <Section title="Timeline">
        <Timeline job={job} readAt={new Date()} />
      </Section>
      <Section title="About">
        <Facts job={job} />
      </Section>
      <Section title={job.eventCount === 1 ? "Works for" : `Works for ${job.eventCount} events`}>
        <Events job={job} />
      </Section>
    </Page>
  );
}

/** Why it failed, or what the last attempt said and when the next one is made. */
function Reason({ job: { state, error, dueAt, attempts, maxAttempts } }: { job: JobDetail }) {
  if (!error || (state !== "failed" && state !== "retrying")) return null;
  const text = <Folded text={`${error.name}: ${error.message}`} />;
  if (state === "failed")
    return (
      <Notice tone="error" title="It failed" className="mb-5">
        {text}
      </Notice>
    );
  return (
    <Notice
      tone="warning"
      title={`Attempt ${attempts}${maxAttempts ? ` of ${maxAttempts}` : ""} failed`}
      className="mb-5"
    >
      {text}
      {dueAt && (
        <p className="mt-1">
          The next one is made <Time at={dueAt} /> (<Time at={dueAt} exact />
          ).
        </p>
      )}
    </Notice>
  );
}
