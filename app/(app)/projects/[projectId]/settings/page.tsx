import type { Metadata } from "next";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";
import { ArchiveProject } from "./archive-project";
import { GeneralForm } from "./general-form";

export const metadata: Metadata = { title: "Project settings" };

type Props = { params: Promise<{ projectId: string }> };

/** The project's name, description and default branch, and its end. */
export default async function GeneralSettingsPage({ params }: Props) {
  const { projectId } = await params;
  const member = await admit(() => requireMember(projectId, "project.manage"));
  const { name, description, defaultBranch, archivedAt } = await getProject(member);
  return (
    <Page>
      <PageHeader title={name} description="General settings of the project." />
      <Section title="General">
        <GeneralForm projectId={projectId} values={{ name, description, defaultBranch }} />
      </Section>
      <Section
        title={archivedAt ? "Archived" : "Archive"}
        description={
          archivedAt
            ? "The project is put away. Its runs and issues are as they were."
            : "Puts the project away: it leaves the navigation and the list. Its runs and issues stay, and so do its links."
        }
        actions={<ArchiveProject projectId={projectId} name={name} isArchived={archivedAt !== null} />}
      >
        {null}
      </Section>
    </Page>
  );
}
