import { Section } from "@/components/ui/page";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { countUses } from "@/lib/integrations/delete-integration";
import { showIntegration } from "@/lib/integrations/list-integrations";
import { getProviderForm } from "@/lib/integrations/provider-forms";
import { titleOf } from "../title";
import { EditForm } from "./edit-form";
import { EndOfUse } from "./end-of-use";

type Props = { params: Promise<{ integrationId: string }> };

export const generateMetadata = async ({ params }: Props) => titleOf((await params).integrationId, "Settings");

/** Changes an integration without showing its token, takes it out of use, or deletes it. */
export default async function IntegrationSettingsPage({ params }: Props) {
  const { integrationId } = await params;
  const admin = await admit(() => requireAdmin());
  const integration = await admit(() => showIntegration(admin, integrationId));
  const uses = await countUses(admin, integration.id);

  return (
    <>
      <Section title="Connection">
        <EditForm
          key={`${integration.name} ${integration.baseUrl}`}
          provider={getProviderForm(integration.provider)}
          integration={{ id: integration.id, name: integration.name, baseUrl: integration.baseUrl }}
        />
      </Section>
      <EndOfUse integration={{ id: integration.id, name: integration.name, status: integration.status }} uses={uses} />
    </>
  );
}
