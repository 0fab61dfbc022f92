import { CompareView } from "@/components/compare/compare-view";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Page, PageHeader } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";
import { compareRuns } from "@/lib/results/compare";
import { compareInput } from "@/lib/results/compare-shapes";
import { getRun, listRunFacets } from "@/lib/results/runs";
import { textOf } from "../../../text-of";
import { titleIn } from "../../../title";

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params, searchParams }: Props) {
  const { base, head } = await searchParams;
  return titleIn((await params).projectId, async (member) => {
    const named = [textOf(base), textOf(head)].flatMap((id) => id ?? []);
    const runs = await Promise.all(named.map((id) => getRun(member, id)));
    return runs.length === 2 ? `Runs ${runs.map(({ number }) => `#${number}`).join(" and ")}` : "Compare runs";
  });
}

/** Two runs compared; without a base, with the run before. */
export default async function ComparePage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const member = await admit(() => requireMember(projectId, "project.read"));
  const { base, head, only } = await searchParams;
  const runs = { base: textOf(base), head: textOf(head) };
  // An address with a list that is none shows the first one.
  const asked = compareInput.safeParse({ ...runs, only: textOf(only) });
  const query = asked.success ? asked.data : compareInput.parse(runs);
  const [project, comparison, facets] = await admit(() =>
    Promise.all([getProject(member), compareRuns(member, query), listRunFacets(member)]),
  );
  return (
    <Page wide className="max-w-6xl">
      <LiveRefresh topics={["run"]} projectId={projectId} />
      <Breadcrumbs
        steps={[
          { label: "Projects", href: "/projects" },
          { label: project.name, href: `/projects/${projectId}` },
          { label: "Runs", href: `/projects/${projectId}/runs` },
          { label: "Compare" },
        ]}
      />
      <PageHeader title="Compare runs" />
      <CompareView projectId={projectId} first={comparison} only={query.only} branches={facets.branches} />
    </Page>
  );
}
