import type { ReactNode } from "react";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { NavTabs } from "@/components/ui/nav-tabs";
import { Page, PageHeader } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { counted } from "@/lib/integrations/counted";
import { showIntegration } from "@/lib/integrations/list-integrations";
import { StatusMark } from "../status-mark";

type Props = { params: Promise<{ integrationId: string }>; children: ReactNode };

/** The head that an integration's pages share: what it is, how it is, and the way to each page. */
export default async function IntegrationLayout({ params, children }: Props) {
  const { integrationId } = await params;
  const integration = await admit(async () => showIntegration(await requireAdmin(), integrationId));
  const base = `/admin/integrations/${integrationId}`;
  const { name, providerLabel, baseUrl, account, projects, lastTestAt } = integration;

  return (
    <Page>
      <LiveRefresh topics={["integration"]} />
      <Breadcrumbs
        steps={[{ label: "Administration" }, { label: "Integrations", href: "/admin/integrations" }, { label: name }]}
      />
      <PageHeader
        title={name}
        description={[
          providerLabel,
          new URL(baseUrl).host,
          account?.login && `files issues as ${account.login}`,
          counted(projects.length, "project"),
        ]
          .filter(Boolean)
          .join(" · ")}
        actions={
          <div className="text-right">
            <StatusMark integration={integration} />
            {lastTestAt && (
              <p className="text-meta text-muted">
                tested <Time at={lastTestAt} />
              </p>
            )}
          </div>
        }
      />
      <NavTabs
        label="Integration"
        tabs={[
          { href: base, label: "Overview" },
          { href: `${base}/log`, label: "Log" },
          { href: `${base}/settings`, label: "Settings" },
        ]}
      />
      <div className="pt-5">{children}</div>
    </Page>
  );
}
