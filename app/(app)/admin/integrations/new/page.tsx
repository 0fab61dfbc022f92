import type { Metadata } from "next";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Page, PageHeader } from "@/components/ui/page";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { listProviderForms } from "@/lib/integrations/provider-forms";
import { ConnectForm } from "./connect-form";

export const metadata: Metadata = { title: "Add integration" };

/** Connects a tracker, step by step on one page. */
export default async function NewIntegrationPage() {
  await admit(() => requireAdmin());
  return (
    <Page>
      <Breadcrumbs
        steps={[
          { label: "Administration" },
          { label: "Integrations", href: "/admin/integrations" },
          { label: "Add integration" },
        ]}
      />
      <PageHeader
        title="Add integration"
        description="A tracker is added once for the workspace; projects then choose it in their settings."
      />
      <ConnectForm providers={listProviderForms()} />
    </Page>
  );
}
