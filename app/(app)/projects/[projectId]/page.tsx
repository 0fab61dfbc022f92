import { ImportZone } from "@/components/results/import-zone";
import { RunsList } from "@/components/results/runs-list";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { can } from "@/lib/auth/member";
import { admit } from "@/lib/boundary";
import { env } from "@/lib/env";
import { getProject } from "@/lib/projects/list";
import { listRuns } from "@/lib/results/runs";
import { titleIn } from "../title";

type Props = { params: Promise<{ projectId: string }> };

export const generateMetadata = async ({ params }: Props) => titleIn((await params).projectId);

/** A project's overview: where results come in, and its latest runs. */
export default async function ProjectPage({ params }: Props) {
  const { projectId } = await params;
  const member = await admit(() => requireMember(projectId, "project.read"));
  const [project, first] = await Promise.all([getProject(member), listRuns(member, { limit: 50 })]);
  return (
    <Page>
      <Breadcrumbs steps={[{ label: "Projects", href: "/projects" }, { label: project.name }]} />
      <PageHeader title={project.name} description={project.description} />
      {can(member, "results.import") && (
        <Section title="Import results">
          <ImportZone projectId={projectId} url={env().FAULTLINE_URL} />
        </Section>
      )}
      <Section title="Runs">
        <RunsList projectId={projectId} defaultBranch={project.defaultBranch} first={first} />
      </Section>
    </Page>
  );
}
