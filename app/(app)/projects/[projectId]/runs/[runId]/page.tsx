import type { FirstResults } from "@/components/results/results-view";
import { RunView } from "@/components/results/run-view";
import { hasFailures, viewOf } from "@/components/results/view-of";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import type { FirstGroups } from "@/components/triage/problems-view";
import { requireMember } from "@/lib/auth/gates";
import { can, type Member } from "@/lib/auth/member";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";
import { resultsInput } from "@/lib/results/inputs";
import { getResult, listResults } from "@/lib/results/results";
import { getRun } from "@/lib/results/runs";
import { groupsInput } from "@/lib/triage/inputs";
import { listGroups } from "@/lib/triage/list-groups";
import { textOf } from "../../../text-of";
import { titleIn } from "../../../title";

type Props = {
  params: Promise<{ projectId: string; runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props) {
  const { projectId, runId } = await params;
  return titleIn(projectId, async (member) => `Run #${(await getRun(member, runId)).number}`);
}

/** One run: folded into problems, or as its results. What its address shows comes with the page. */
export default async function RunPage({ params, searchParams }: Props) {
  const { projectId, runId } = await params;
  const member = await admit(() => requireMember(projectId, "project.read"));
  const given = Object.entries(await searchParams).flatMap(([name, value]) =>
    textOf(value) ? [[name, textOf(value)]] : [],
  );
  const asked: Record<string, string> = Object.fromEntries(given);
  const [project, run] = await Promise.all([getProject(member), admit(() => getRun(member, runId))]);
  const view = viewOf(new URLSearchParams(asked), hasFailures(run.totals));
  const first =
    view === "problems"
      ? { groups: await firstGroups(member, runId, asked) }
      : { results: await firstResults(member, runId, asked) };
  return (
    <div className="flex h-[calc(100dvh-2.75rem)] flex-col md:h-full">
      <div className="px-4 pt-5 sm:px-6">
        <Breadcrumbs
          steps={[
            { label: "Projects", href: "/projects" },
            { label: project.name, href: `/projects/${projectId}` },
            { label: "Runs", href: `/projects/${projectId}/runs` },
            { label: `#${run.number}` },
          ]}
        />
      </div>
      <div className="min-h-0 flex-1">
        <RunView
          projectId={projectId}
          firstRun={run}
          first={first}
          canCreate={can(member, "issues.create")}
          canTriage={can(member, "failures.triage")}
          canManage={can(member, "project.manage")}
        />
      </div>
    </div>
  );
}

type Asked = Record<string, string>;

/** The first problems, and the failure that stands for the one that is open. */
async function firstGroups(member: Member, runId: string, { only, q, group }: Asked): Promise<FirstGroups> {
  const asked = { ...(only && { only }), ...(q && { q }) };
  const filter = groupsInput.safeParse({ ...asked, limit: 100 });
  // An address with a filter that is none shows the run without it.
  const query = filter.success ? filter.data : groupsInput.parse({ limit: 100 });
  const page = await admit(() => listGroups(member, runId, query));
  const open = page.groups.find(({ id }) => id === group) ?? (group ? undefined : page.groups[0]);
  const sample = open ? await openResult(member, runId, open.sample.resultId) : null;
  return { key: new URLSearchParams(filter.success ? asked : {}).toString(), page, sample };
}

async function firstResults(member: Member, runId: string, { status, q, result }: Asked): Promise<FirstResults> {
  const asked = { ...(status && { status }), ...(q && { q }) };
  const filter = resultsInput.safeParse({ ...asked, limit: 200 });
  const query = filter.success ? filter.data : resultsInput.parse({ limit: 200 });
  const page = await admit(() => listResults(member, runId, query));
  const openId = result ?? page.results[0]?.id;
  return {
    key: new URLSearchParams(filter.success ? asked : {}).toString(),
    page,
    result: openId ? await openResult(member, runId, openId) : null,
  };
}

// An address may name a result that is gone.
const openResult = (member: Member, runId: string, resultId: string) =>
  getResult(member, { runId, resultId }).catch(() => null);
