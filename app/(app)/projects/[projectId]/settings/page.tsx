import { Page, PageHeader, Section } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";
import { titleIn } from "../../title";
import { ArchiveProject } from "./archive-project";
import { GeneralForm } from "./general-form";

type Props = { params: Promise<{ projectId: string }> };

export const generateMetadata = async ({ params }: Props) => titleIn((await params).projectId, "Settings");

/** The project's name, description and default branch, and its end. */
export default async function GeneralSettingsPage({ params }: Props) {
  const { projectId } = await params;
  const member = await admit(() => requireMember(projectId, "project.manage"));
  const { name, description, defaultBranch, archivedAt } = await getProject(member);
  return (
    <Page>
      <PageHeader title="General" />
      <div className="pb-5">
        <GeneralForm projectId={projectId} values={{ name, description, defaultBranch }} />
      </div>
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
