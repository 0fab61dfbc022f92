import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/page";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { showBudget } from "@/lib/integrations/budget/show-budget";
import { type IntegrationShown, showIntegration } from "@/lib/integrations/list-integrations";
import { Budget } from "./budget";
import { StoredTest } from "./stored-test";
import { titleOf } from "./title";

type Props = { params: Promise<{ integrationId: string }> };

export const generateMetadata = async ({ params }: Props) => titleOf((await params).integrationId);

/** How the integration is, what its tracker still allows, and who uses it. */
export default async function IntegrationPage({ params }: Props) {
  const { integrationId } = await params;
  const [integration, budget] = await admit(async () => {
    const admin = await requireAdmin();
    return Promise.all([showIntegration(admin, integrationId), showBudget(admin, integrationId)]);
  });
  return (
    <>
      <StoredTest integrationId={integrationId} last={integration.lastTest} />
      <Budget budget={budget} />
      <Section title="Projects" description="Project administrators assign it in their project's settings.">
        <Projects projects={integration.projects} />
      </Section>
    </>
  );
}

function Projects({ projects }: Pick<IntegrationShown, "projects">) {
  if (projects.length === 0) return <p className="text-muted">No project uses it yet.</p>;
  return (
    <ul className="border-t">
      {projects.map(({ id, project, isPrimary, active, externalProjects }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-1.5">
          <Link href={`/projects/${project.id}/settings/integrations`} className="font-medium hover:underline">
            {project.name}
          </Link>
          {isPrimary && <Badge>primary</Badge>}
          {!active && <Badge>switched off</Badge>}
          <span className="ml-auto flex flex-wrap gap-x-3 text-muted">
            {externalProjects.length === 0 && "nothing chosen yet"}
            {externalProjects.map(({ id: externalId, key, url }) => (
              <a key={externalId} href={url} target="_blank" rel="noreferrer" className="text-link hover:underline">
                {key}
              </a>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
