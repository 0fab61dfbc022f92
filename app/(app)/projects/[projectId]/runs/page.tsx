import { RunsFilter } from "@/components/results/runs-filter";
import { RunsList } from "@/components/results/runs-list";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Page, PageHeader } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { can } from "@/lib/auth/member";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";
import { runsInput } from "@/lib/results/inputs";
import { listRunFacets, listRuns } from "@/lib/results/runs";
import { textOf } from "../../text-of";
import { titleIn } from "../../title";

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async ({ params }: Props) => titleIn((await params).projectId, "Runs");

/** All runs of a project, narrowed by branch, environment and commit. */
export default async function RunsPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const member = await admit(() => requireMember(projectId, "project.read"));
  const { branch, environment, commit } = await searchParams;
  const asked = runsInput.safeParse({
    branch: textOf(branch),
    environment: textOf(environment),
    commit: textOf(commit),
  });
  // An address with a filter that is none shows the runs without it.
  const query = asked.success ? asked.data : runsInput.parse({});
  const filter = {
    ...(query.branch && { branch: query.branch }),
    ...(query.environment && { environment: query.environment }),
    ...(query.commit && { commit: query.commit }),
  };
  const [project, first, facets] = await Promise.all([
    getProject(member),
    listRuns(member, query),
    listRunFacets(member),
  ]);
  return (
    <Page wide className="max-w-6xl">
      <Breadcrumbs
        steps={[
          { label: "Projects", href: "/projects" },
          { label: project.name, href: `/projects/${projectId}` },
          { label: "Runs" },
        ]}
      />
      <PageHeader
        title="Runs"
        actions={
          <>
            <Button asChild>
              <Link href={`/projects/${projectId}/runs/compare`}>Compare runs</Link>
            </Button>
            {can(member, "results.import") && (
              <Button asChild variant="primary">
                <Link href={`/projects/${projectId}`}>Import results</Link>
              </Button>
            )}
          </>
        }
      />
      <RunsFilter
        path={`/projects/${projectId}/runs`}
        filter={filter}
        facets={facets}
        defaultBranch={project.defaultBranch}
      />
      <RunsList
        key={JSON.stringify(filter)}
        projectId={projectId}
        defaultBranch={project.defaultBranch}
        first={first}
        filter={filter}
      />
    </Page>
  );
}
