import { Plug, Plus } from "lucide-react";
import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { Page, PageHeader } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { counted } from "@/lib/integrations/counted";
import { type IntegrationListed, listIntegrations } from "@/lib/integrations/list-integrations";
import { StatusMark } from "./status-mark";
import { TrackerMark } from "./tracker-mark";

export const metadata: Metadata = { title: "Integrations" };

/** The trackers that the workspace has configured, each with its state. */
export default async function IntegrationsPage() {
  const admin = await admit(() => requireAdmin());
  const integrations = await listIntegrations(admin);
  const add = (
    <Button variant="primary" asChild>
      <Link href="/admin/integrations/new">
        <Plus aria-hidden /> Add integration
      </Link>
    </Button>
  );

  return (
    <Page>
      <LiveRefresh topics={["integration"]} />
      <Breadcrumbs steps={[{ label: "Administration" }, { label: "Integrations" }]} />
      <PageHeader
        title="Integrations"
        description="The issue trackers of this workspace. Projects choose among them in their settings."
        actions={integrations.length > 0 && add}
      />
      {integrations.length === 0 ? (
        <Empty icon={Plug} title="No tracker is connected yet" action={add}>
          Connect one, then assign it to a project: failed tests become issues there.
        </Empty>
      ) : (
        <ul className="border-t">
          {integrations.map((integration) => (
            <Row key={integration.id} {...integration} />
          ))}
        </ul>
      )}
    </Page>
  );
}

const Row = (integration: IntegrationListed) => (
  <li className="relative grid grid-cols-[1fr_auto] gap-x-4 border-b py-2 hover:bg-subtle sm:grid-cols-[2fr_1.4fr_1fr]">
    <div className="flex min-w-0 items-start gap-2.5">
      <TrackerMark label={integration.providerLabel} className="mt-0.5" />
      <div className="min-w-0">
        <Link
          href={`/admin/integrations/${integration.id}`}
          className="break-words font-medium after:absolute after:inset-0 after:content-['']"
        >
          {integration.name}
        </Link>
        <p className="truncate text-meta text-muted">
          {integration.providerLabel} · {new URL(integration.baseUrl).host}
          {integration.account?.login && ` · as ${integration.account.login}`}
        </p>
      </div>
    </div>
    <div className="justify-self-end sm:justify-self-start">
      <StatusMark integration={integration} />
    </div>
    <p className="col-span-2 text-meta text-muted sm:col-span-1 sm:text-right">
      {integration.lastTestAt ? (
        <>
          tested <Time at={integration.lastTestAt} />
        </>
      ) : (
        "never tested"
      )}
      <span className="sm:block">
        <span className="sm:hidden"> · </span>
        {counted(integration.projects, "project")}
      </span>
    </p>
  </li>
);
