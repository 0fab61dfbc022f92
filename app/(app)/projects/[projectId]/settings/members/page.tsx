import { LiveRefresh } from "@/components/live/live-refresh";
import { Link } from "@/components/ui/link";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";
import { listAddable, listProjectMembers } from "@/lib/projects/members";
import { titleIn } from "../../../title";
import { AddMember } from "./add-member";
import { MemberRow } from "./member-row";

type Props = { params: Promise<{ projectId: string }> };

export const generateMetadata = async ({ params }: Props) => titleIn((await params).projectId, "Members");

/** Who is in the project, and as what. */
export default async function ProjectMembersPage({ params }: Props) {
  const { projectId } = await params;
  const member = await admit(() => requireMember(projectId, "project.manage"));
  const [{ name }, members, addable] = await Promise.all([
    getProject(member),
    listProjectMembers(member),
    listAddable(member),
  ]);
  return (
    <Page>
      <LiveRefresh topics={["member"]} projectId={projectId} />
      <PageHeader
        title="Members"
        description={`Who works in ${name}. Administrators of the workspace may do everything here without being listed.`}
      />
      <Section title="Add somebody">
        {addable.length > 0 ? (
          <AddMember projectId={projectId} people={addable} />
        ) : (
          <p className="text-muted">
            Everybody in the workspace is in the project.{" "}
            {member.workspaceRole === "ADMIN" ? (
              <Link href="/admin/members" className="text-link underline underline-offset-2">
                Invite more people
              </Link>
            ) : (
              "Ask an administrator of the workspace to invite more people."
            )}
          </p>
        )}
      </Section>
      <Section title={members.length === 1 ? "1 person" : `${members.length} people`}>
        <ul className="border-t">
          {members.map(({ id, name: person, email, role }) => (
            <MemberRow
              key={id}
              projectId={projectId}
              project={name}
              person={{ id, name: person, email, role, isSelf: id === member.userId }}
            />
          ))}
        </ul>
      </Section>
    </Page>
  );
}
