import { Plug } from "lucide-react";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { Page, PageHeader } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { listAssignable } from "@/lib/integrations/list-assignable";
import { listAssignments } from "@/lib/integrations/list-assignments";
import { countAssignmentUses } from "@/lib/integrations/unassign";
import { titleIn } from "../../../title";
import { AssignControl } from "./assign-control";
import { AssignmentSection } from "./assignment-section";

type Props = { params: Promise<{ projectId: string }> };

export const generateMetadata = async ({ params }: Props) => titleIn((await params).projectId, "Integrations");

/** Which trackers the project files its issues in, where exactly, and with which labels. */
export default async function ProjectIntegrationsPage({ params }: Props) {
  const { projectId } = await params;
  const member = await admit(() => requireMember(projectId, "project.manage"));
  const [assignments, assignable] = await Promise.all([listAssignments(member), listAssignable(member)]);
  const uses = await Promise.all(assignments.map(({ id }) => countAssignmentUses(member, id)));
  const isAdmin = member.workspaceRole === "ADMIN";

  return (
    <Page>
      <LiveRefresh topics={["integration"]} projectId={projectId} />
      <PageHeader
        title="Integrations"
        description="Where issues of this project are created and looked for. The primary one is offered first."
        actions={assignments.length > 0 && <AssignControl projectId={projectId} assignable={assignable} />}
      />
      {assignments.length === 0 && (
        <Empty
          icon={Plug}
          title="No tracker is assigned yet"
          action={
            assignable.length > 0 ? (
              <AssignControl projectId={projectId} assignable={assignable} isFirst />
            ) : (
              isAdmin && (
                <Button variant="primary" asChild>
                  <Link href="/admin/integrations/new">Add integration</Link>
                </Button>
              )
            )
          }
        >
          {assignable.length > 0
            ? "Assign one of the workspace's trackers, then choose where in it the issues of this project belong."
            : isAdmin
              ? "The workspace has no tracker yet. Connect one first, then assign it here."
              : "The workspace has no tracker that could be assigned. Ask an administrator to connect one."}
        </Empty>
      )}
      {assignments.map((assignment, index) => (
        <AssignmentSection
          key={assignment.id}
          projectId={projectId}
          assignment={assignment}
          uses={uses[index] ?? { externalProjects: 0, issues: 0, links: 0, unfinished: 0 }}
        />
      ))}
    </Page>
  );
}
