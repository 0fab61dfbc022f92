import { BulkView } from "@/components/bulk/bulk-view";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { requireMember } from "@/lib/auth/gates";
import { can } from "@/lib/auth/member";
import { admit } from "@/lib/boundary";
import { showBulk } from "@/lib/issues/bulk/show";
import { getProject } from "@/lib/projects/list";
import { titleIn } from "../../../title";

type Props = { params: Promise<{ projectId: string; bulkId: string }> };

export async function generateMetadata({ params }: Props) {
  const { projectId, bulkId } = await params;
  return titleIn(projectId, async (member) => {
    const { bulk } = await showBulk(member, bulkId, { limit: 1 });
    return `Issues from run #${bulk.run.number}`;
  });
}

/** Many issues on their way; can be left and come back to. */
export default async function BulkCreationPage({ params }: Props) {
  const { projectId, bulkId } = await params;
  const member = await admit(() => requireMember(projectId, "project.read"));
  const [project, first] = await Promise.all([
    getProject(member),
    admit(() => showBulk(member, bulkId, { limit: 200 })),
  ]);
  const { run } = first.bulk;
  return (
    <div className="flex h-[calc(100dvh-2.75rem)] flex-col md:h-full">
      <div className="px-4 pt-5 sm:px-6">
        <Breadcrumbs
          steps={[
            { label: "Projects", href: "/projects" },
            { label: project.name, href: `/projects/${projectId}` },
            { label: "Runs", href: `/projects/${projectId}/runs` },
            { label: `#${run.number}`, href: `/projects/${projectId}/runs/${run.id}` },
            { label: "Issues" },
          ]}
        />
      </div>
      <div className="min-h-0 flex-1">
        <BulkView
          projectId={projectId}
          first={first}
          canCreate={can(member, "issues.create")}
          isAdmin={member.workspaceRole === "ADMIN"}
        />
      </div>
    </div>
  );
}
