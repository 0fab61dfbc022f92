import { RunsList } from "@/components/results/runs-list";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Page, PageHeader } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { can } from "@/lib/auth/member";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";
import { listRuns } from "@/lib/results/runs";
import { titleIn } from "../../title";

type Props = { params: Promise<{ projectId: string }> };

export const generateMetadata = async ({ params }: Props) => titleIn((await params).projectId, "Runs");

/** All runs of a project. */
export default async function RunsPage({ params }: Props) {
  const { projectId } = await params;
  const member = await admit(() => requireMember(projectId, "project.read"));
  const [project, first] = await Promise.all([getProject(member), listRuns(member, { limit: 50 })]);
  return (
    <Page>
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
          can(member, "results.import") && (
            <Button asChild variant="primary">
              <Link href={`/projects/${projectId}`}>Import results</Link>
            </Button>
          )
        }
      />
      <RunsList projectId={projectId} first={first} />
    </Page>
  );
}
