import type { ReactNode } from "react";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { NavTabs } from "@/components/ui/nav-tabs";
import { Page } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";

type Props = { params: Promise<{ projectId: string }>; children: ReactNode };

/** The project's settings: whose they are, and the way to each page. Each page admits for itself too. */
export default async function SettingsLayout({ params, children }: Props) {
  const { projectId } = await params;
  const { name } = await admit(async () => getProject(await requireMember(projectId, "project.manage")));
  const base = `/projects/${projectId}/settings`;
  return (
    <>
      <Page className="pb-0">
        <Breadcrumbs
          steps={[
            { label: "Projects", href: "/projects" },
            { label: name, href: `/projects/${projectId}` },
            { label: "Settings" },
          ]}
        />
        <NavTabs
          label="Project settings"
          tabs={[
            { href: base, label: "General" },
            { href: `${base}/members`, label: "Members" },
            { href: `${base}/integrations`, label: "Integrations" },
            { href: `${base}/known-issues`, label: "Known issues" },
            { href: `${base}/secrets`, label: "Secrets" },
          ]}
        />
      </Page>
      {children}
    </>
  );
}
