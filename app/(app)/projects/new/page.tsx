import type { Metadata } from "next";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Page, PageHeader } from "@/components/ui/page";
import { requireAdmin } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { NewProjectForm } from "./new-project-form";

export const metadata: Metadata = { title: "New project" };

/** Makes a project. */
export default async function NewProjectPage() {
  await admit(() => requireAdmin());
  return (
    <Page>
      <Breadcrumbs steps={[{ label: "Projects", href: "/projects" }, { label: "New project" }]} />
      <PageHeader
        title="New project"
        description="It takes in the test results of one product, service or repository."
      />
      <NewProjectForm />
    </Page>
  );
}
