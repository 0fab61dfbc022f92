import { Workflow } from "lucide-react";
import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { Page, PageHeader } from "@/components/ui/page";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { isId } from "@/lib/db/ids";
import { dashboardUrl } from "@/lib/jobs/engine";
import { readJobsFilter } from "@/lib/jobs/inputs";
import { countJobs, listJobFunctions, listJobs } from "@/lib/jobs/list-jobs";
import { Elsewhere } from "./elsewhere";
import { hrefOf, JobFilters, StateSwitches } from "./job-filters";
import { JobRow, JobsHead } from "./job-row";
import { ListKeys } from "./list-keys";
import { PausedNotice } from "./paused-notice";

export const metadata: Metadata = { title: "Jobs" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What the server does on its own for the workspace: what is under way, what waits and for what, what failed. */
export default async function JobsPage({ searchParams }: Props) {
  const admin = await admit(() => requireAdmin());
  const filter = readJobsFilter(await searchParams);
  const inngestUrl = dashboardUrl();

  return (
    <Page wide>
      <Breadcrumbs steps={[{ label: "Administration" }, { label: "Jobs" }]} />
      <PageHeader
        title="Jobs"
        description="What Faultline does in the background for this workspace, the newest first."
      />
      {inngestUrl ? <Elsewhere url={inngestUrl} /> : await Jobs({ admin, filter })}
    </Page>
  );
}

type JobsProps = { admin: Parameters<typeof listJobs>[0]; filter: ReturnType<typeof readJobsFilter> };

async function Jobs({ admin, filter }: JobsProps) {
  const [{ jobs, next }, counts, functions] = await Promise.all([
    listJobs(admin, filter),
    countJobs(admin, filter),
    listJobFunctions(admin),
  ]);
  const readAt = new Date();
  const { cursor, ...narrowed } = filter;
  const isNarrowed = Object.values(narrowed).some(Boolean);
  return (
    <>
      <LiveRefresh topics={["job"]} />
      <ListKeys />
      {functions.map(({ id, pausedAt }) => pausedAt && <PausedNotice key={id} functionId={id} pausedAt={pausedAt} />)}
      {(functions.length > 0 || isNarrowed) && (
        <>
          <JobFilters functions={functions} filter={narrowed} />
          <StateSwitches filter={narrowed} counts={counts} />
        </>
      )}
      {jobs.length > 0 ? (
        <>
          <JobsHead />
          <ul aria-label="Jobs" className="border-t">
            {jobs.map((job) => (
              <JobRow key={job.id} job={job} readAt={readAt} />
            ))}
          </ul>
        </>
      ) : (
        <Empty icon={Workflow} title={isNarrowed ? "No job fits the filter" : "No jobs yet"}>
          {isNarrowed ? (
            <>
              {filter.q && !isId(filter.q) && <p>Search by a whole id, as it stands in an address or a log.</p>}
              <Link href="/admin/jobs" className="text-link underline underline-offset-2">
                Show everything
              </Link>
            </>
          ) : (
            "When somebody creates an issue, a job files it: with its steps, its attempts, and what to do when it fails."
          )}
        </Empty>
      )}
      <nav aria-label="Pages" className="flex justify-between gap-2 py-4">
        {cursor ? (
          <Button asChild>
            <Link href={hrefOf(narrowed)}>Newest</Link>
          </Button>
        ) : (
          <span />
        )}
        {next && (
          <Button asChild>
            <Link href={hrefOf({ ...narrowed, cursor: next })}>Older</Link>
          </Button>
        )}
      </nav>
    </>
  );
}
