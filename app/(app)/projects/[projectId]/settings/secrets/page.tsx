import { Page, PageHeader, Section } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { listSecretPatterns } from "@/lib/projects/secret-patterns";
import { titleIn } from "../../../title";
import { AddPattern } from "./add-pattern";
import { PatternRow } from "./pattern-row";

type Props = { params: Promise<{ projectId: string }> };

export const generateMetadata = async ({ params }: Props) => titleIn((await params).projectId, "Secrets");

/** What counts as a secret in this project, and is masked before a text leaves for a tracker. */
export default async function SecretsPage({ params }: Props) {
  const { projectId } = await params;
  const member = await admit(() => requireMember(projectId, "project.manage"));
  const patterns = await listSecretPatterns(member);
  return (
    <Page>
      <PageHeader
        title="Secrets"
        description="Keys, tokens, passwords in addresses and the like are masked before a text leaves for a tracker. Add here what only your project knows: the keys of your own services, customer numbers, names of hosts. Say what they look like instead of entering one: everybody who writes issues here is sent the patterns, for the preview."
      />
      <Section title={titleOf(patterns.length)}>
        {patterns.length > 0 && (
          <ul className="border-t">
            {patterns.map((pattern) => (
              <PatternRow key={pattern.id} projectId={projectId} pattern={pattern} />
            ))}
          </ul>
        )}
      </Section>
      <Section title="Add a pattern">
        <AddPattern projectId={projectId} />
      </Section>
    </Page>
  );
}

function titleOf(count: number): string {
  if (count === 0) return "No patterns of your own yet";
  return count === 1 ? "1 pattern of yours" : `${count} patterns of yours`;
}
