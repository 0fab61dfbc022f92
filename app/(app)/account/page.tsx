import type { Metadata } from "next";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { requireSession } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { listWorkspaces } from "@/lib/workspaces/switch";
import { NameForm, PasswordForm } from "./profile-forms";
import { WorkspaceList } from "./workspace-list";

export const metadata: Metadata = { title: "Your profile" };

/** One's name, password and workspaces. */
export default async function ProfilePage() {
  const actor = await admit(() => requireSession());
  const workspaces = await listWorkspaces(actor);
  return (
    <Page>
      <PageHeader title="Your profile" description={actor.email} />
      <Section title="Name" description="What others see beside your runs, issues and comments.">
        <NameForm name={actor.name} />
      </Section>
      <Section title="Password" description="Changing it signs out your other browsers.">
        <PasswordForm email={actor.email} />
      </Section>
      <Section title="Workspaces" description="This browser works in one of them at a time.">
        <WorkspaceList workspaces={workspaces} />
      </Section>
    </Page>
  );
}
