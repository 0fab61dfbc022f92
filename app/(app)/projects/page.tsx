import { FolderKanban, Plus } from "lucide-react";
import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { requireUser } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { listProjects } from "@/lib/projects/list";
import { roleNames } from "./role-names";

export const metadata: Metadata = { title: "Projects" };

type Project = Awaited<ReturnType<typeof listProjects>>[number];

/** The projects that the person may see, each with its last run. */
export default async function ProjectsPage() {
  const actor = await admit(() => requireUser());
  const [projects, archived] = await Promise.all([listProjects(actor), listProjects(actor, { archived: true })]);
  const isAdmin = actor.workspaceRole === "ADMIN";
  const create = isAdmin && (
    <Button variant="primary" asChild>
      <Link href="/projects/new">
        <Plus aria-hidden /> New project
      </Link>
    </Button>
  );

  return (
    <Page>
      <LiveRefresh topics={["run", "member"]} />
      <Breadcrumbs steps={[{ label: "Projects" }]} />
      <PageHeader title="Projects" actions={projects.length > 0 && create} />
      {projects.length === 0 ? (
        <Empty icon={FolderKanban} title={isAdmin ? "No project yet" : "You are in no project yet"} action={create}>
          {isAdmin
            ? "A project takes in the test results of one product, service or repository."
            : "Ask an administrator of the workspace to add you to the projects that you work on."}
        </Empty>
      ) : (
        <ProjectList projects={projects} />
      )}
      {archived.length > 0 && (
        <div className="mt-8">
          <Section title="Archived" description="Put away, with their runs and issues.">
            <ProjectList projects={archived} />
          </Section>
        </div>
      )}
    </Page>
  );
}

const ProjectList = ({ projects }: { projects: Project[] }) => (
  <ul className="border-t">
    {projects.map(({ id, name, description, role, memberCount, lastRun }) => (
      <li
        key={id}
        className="relative grid grid-cols-[1fr_auto] items-center gap-x-4 border-b py-2 hover:bg-subtle sm:grid-cols-[2fr_1.6fr_auto]"
      >
        <div className="min-w-0">
          <Link href={`/projects/${id}`} className="font-medium after:absolute after:inset-0 after:content-['']">
            {name}
          </Link>
          <p className="truncate text-meta text-muted">
            {description || (memberCount === 1 ? "1 person" : `${memberCount} people`)}
          </p>
        </div>
        <p className="col-start-1 text-meta text-muted sm:col-start-2">
          {lastRun ? <LastRun {...lastRun} /> : "no runs yet"}
        </p>
        <Badge className="col-start-2 row-start-1 sm:col-start-3">{roleNames[role]}</Badge>
      </li>
    ))}
  </ul>
);

const LastRun = ({ number, createdAt, failed, error, passed }: NonNullable<Project["lastRun"]>) => (
  <>
    #{number} <Time at={createdAt} /> ·{" "}
    {failed + error > 0 ? (
      <span className="text-failed">{failed + error} failed</span>
    ) : (
      <span className="text-passed">{passed} passed</span>
    )}
  </>
);
