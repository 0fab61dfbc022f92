import { Section } from "@/components/ui/page";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { inPairs } from "@/lib/integrations/certificates";
import { countUses } from "@/lib/integrations/delete-integration";
import { showIntegration } from "@/lib/integrations/list-integrations";
import { ownAddressesOf } from "@/lib/integrations/own-addresses";
import { getProviderForm } from "@/lib/integrations/provider-forms";
import { OwnAddress } from "../../own-address";
import { titleOf } from "../title";
import { EditForm } from "./edit-form";
import { EndOfUse } from "./end-of-use";

type Props = { params: Promise<{ integrationId: string }> };

export const generateMetadata = async ({ params }: Props) => titleOf((await params).integrationId, "Settings");

/** Changes an integration without showing its secrets, takes it out of use, or deletes it. */
export default async function IntegrationSettingsPage({ params }: Props) {
  const { integrationId } = await params;
  const admin = await admit(() => requireAdmin());
  const integration = await admit(() => showIntegration(admin, integrationId));
  const uses = await countUses(admin, integration.id);
  const { id, name, provider, baseUrl, authType, credential, proxyHost, ownConnections } = integration;
  const form = getProviderForm(provider);
  const addresses = ownAddressesOf(integration);

  return (
    <>
      <Section title="Connection">
        <EditForm
          // What was saved is what the form begins with next; a test alone leaves it as it is.
          key={JSON.stringify([name, baseUrl, authType, credential, proxyHost, integration.tlsFingerprint])}
          provider={form}
          integration={{
            ...{ id, name, baseUrl, authType, credential, proxyHost, ownConnections },
            caCertificate: integration.caCertificate ?? "",
            tlsFingerprint: inPairs(integration.tlsFingerprint ?? ""),
          }}
        />
      </Section>
      {form.webhookGuide !== undefined && (
        <Section title="Addresses for the tracker" description={`What ${form.label} has to be told of Faultline.`}>
          <div className="flex flex-col gap-4">
            <OwnAddress label="Webhook address" text={addresses.webhook} guide={form.webhookGuide}>
              Where changes of issues are sent to.
            </OwnAddress>
            <OwnAddress label="Callback address" text={addresses.callback}>
              For an OAuth application, where people sign in for themselves.
            </OwnAddress>
          </div>
        </Section>
      )}
      <EndOfUse integration={{ id, name, status: integration.status }} uses={uses} />
    </>
  );
}
