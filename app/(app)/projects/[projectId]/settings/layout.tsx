import type { ReactNode } from "react";
import { NavTabs } from "@/components/ui/nav-tabs";
import { Page } from "@/components/ui/page";

type Props = { params: Promise<{ projectId: string }>; children: ReactNode };

/** The project's settings. Each page admits for itself; this shows nothing of the project. */
export default async function SettingsLayout({ params, children }: Props) {
  const base = `/projects/${(await params).projectId}/settings`;
  return (
    <>
      <Page className="pb-0">
        <NavTabs
          label="Project settings"
          tabs={[
            { href: base, label: "General" },
            { href: `${base}/members`, label: "Members" },
            { href: `${base}/integrations`, label: "Integrations" },
          ]}
        />
      </Page>
      {children}
    </>
  );
}
