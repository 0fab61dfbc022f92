import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { listProjects } from "@/lib/projects/list";
import { getWorkspace } from "@/lib/workspaces/get";
import { listInvitations } from "@/lib/workspaces/invitations";
import { listMembers } from "@/lib/workspaces/members";
import { InvitationRow } from "./invitation-row";
import { Invite } from "./invite";
import { MemberRow } from "./member-row";

export const metadata: Metadata = { title: "Members" };

/** The people of the workspace, and those who are invited. */
export default async function MembersPage() {
  const admin = await admit(() => requireAdmin());
  const [workspace, members, invitations, projects] = await Promise.all([
    getWorkspace(admin),
    listMembers(admin),
    listInvitations(admin),
    listProjects(admin),
  ]);
  const adminCount = members.filter(({ role }) => role === "ADMIN").length;

  return (
    <Page>
      <LiveRefresh topics={["member"]} />
      <Breadcrumbs steps={[{ label: "Administration" }, { label: "Members" }]} />
      <PageHeader
        title="Members"
        description={`Who works in ${workspace.name}. Members see the projects that they are in; administrators see all.`}
        actions={<Invite projects={projects.map(({ id, name }) => ({ id, name }))} />}
      />
      <ul className="border-t">
        {members.map((member) => (
          <MemberRow
            key={member.id}
            workspace={workspace.name}
            member={member}
            isSelf={member.id === admin.userId}
            isLastAdmin={member.role === "ADMIN" && adminCount === 1}
          />
        ))}
      </ul>
      {invitations.length > 0 && (
        <div className="mt-8">
          <Section title="Open invitations" description="Each link works once.">
            <ul className="border-t">
              {invitations.map((invitation) => (
                <InvitationRow key={invitation.id} invitation={invitation} />
              ))}
            </ul>
          </Section>
        </div>
      )}
    </Page>
  );
}
