import { RunView } from "@/components/results/run-view";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { requireMember } from "@/lib/auth/gates";
import { can } from "@/lib/auth/member";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";
import { resultsInput } from "@/lib/results/inputs";
import { getResult, listResults } from "@/lib/results/results";
import { getRun } from "@/lib/results/runs";
import { titleIn } from "../../../title";

type Props = {
  params: Promise<{ projectId: string; runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props) {
  const { projectId, runId } = await params;
  return titleIn(projectId, async (member) => `Run #${(await getRun(member, runId)).number}`);
}

const text = (value: string | string[] | undefined) => (typeof value === "string" && value ? value : undefined);

/** One run with its results, failures first. */
export default async function RunPage({ params, searchParams }: Props) {
  const { projectId, runId } = await params;
  const member = await admit(() => requireMember(projectId, "project.read"));
  const { status, q, result } = await searchParams;
  const asked = { status: text(status), q: text(q) };
  // An address with a filter that is none shows the run without it.
  const filter = resultsInput.safeParse({ ...asked, limit: 200 });
  const query = filter.success ? filter.data : resultsInput.parse({ limit: 200 });
  const [project, run, page] = await Promise.all([
    getProject(member),
    admit(() => getRun(member, runId)),
    admit(() => listResults(member, runId, query)),
  ]);
  // The one that is open comes with the page; an address may name a result that is gone.
  const openId = text(result) ?? page.results[0]?.id;
  const open = openId ? await getResult(member, { runId, resultId: openId }).catch(() => null) : null;
  const shown = new URLSearchParams(
    filter.success ? Object.entries(asked).flatMap(([k, v]) => (v ? [[k, v]] : [])) : [],
  );
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
          first={{ key: shown.toString(), page, result: open }}
          canCreate={can(member, "issues.create")}
        />
      </div>
    </div>
  );
}
