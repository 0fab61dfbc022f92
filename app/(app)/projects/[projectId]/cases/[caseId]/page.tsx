import { CaseIssues } from "@/components/issues/case-issues";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Ansi } from "@/components/results/ansi";
import { inWords } from "@/components/results/duration";
import { StatusIcon } from "@/components/results/status";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Link } from "@/components/ui/link";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { requireMember } from "@/lib/auth/gates";
import { can } from "@/lib/auth/member";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";
import { getCase } from "@/lib/results/cases";
import type { Case } from "@/lib/results/shapes";
import { suitePath } from "@/lib/results/suite-path";
import { firstLine } from "@/lib/richtext/terminal";
import { titleIn } from "../../../title";

type Props = { params: Promise<{ projectId: string; caseId: string }> };

export async function generateMetadata({ params }: Props) {
  const { projectId, caseId } = await params;
  return titleIn(projectId, async (member) => (await getCase(member, caseId)).name.slice(0, 100));
}

/** One test case over its runs. */
export default async function CasePage({ params }: Props) {
  const { projectId, caseId } = await params;
  const member = await admit(() => requireMember(projectId, "project.read"));
  const [project, found] = await Promise.all([getProject(member), admit(() => getCase(member, caseId))]);
  const { name, history } = found;
  const failure = history.find(({ status }) => status === "failed" || status === "error" || status === "flaky");
  return (
    <Page>
      <LiveRefresh topics={["run"]} projectId={projectId} />
      <Breadcrumbs
        steps={[
          { label: "Projects", href: "/projects" },
          { label: project.name, href: `/projects/${projectId}` },
          { label: name },
        ]}
      />
      <PageHeader title={name} description={<p className="break-words">{suitePath(found)}</p>} />
      <Section title="Issues">
        <CaseIssues projectId={projectId} caseId={caseId} canCreate={can(member, "issues.link")} />
      </Section>
      {failure && (
        <Section title="Last failure">
          <p className="mb-1 text-muted">
            <Link href={resultHref(projectId, failure)} className="text-link underline underline-offset-2">
              Run #{failure.runNumber}
            </Link>{" "}
            · <Time at={failure.createdAt} />
          </p>
          <p className="whitespace-pre-wrap break-words font-mono text-code">
            <Ansi text={failure.message ?? "It failed without a message."} />
          </p>
        </Section>
      )}
      <Section title="History">
        <History projectId={projectId} history={history} />
      </Section>
    </Page>
  );
}

type Entry = Case["history"][number];

const resultHref = (projectId: string, { runId, resultId }: Entry) =>
  `/projects/${projectId}/runs/${runId}?result=${resultId}`;

const History = ({ projectId, history }: { projectId: string; history: Entry[] }) => (
  <ul className="border-t">
    {history.map((entry) => (
      <li key={entry.resultId} className="border-b">
        <Link href={resultHref(projectId, entry)} className="flex min-h-8 items-center gap-3 px-2 py-1 hover:bg-hover">
          <StatusIcon status={entry.status} />
          <span className="w-14 shrink-0 font-medium">#{entry.runNumber}</span>
          <span className="w-24 shrink-0 truncate text-muted max-sm:hidden">{entry.branch}</span>
          <span className="min-w-0 flex-1 truncate text-muted">
            {[entry.environment, entry.message && firstLine(entry.message)].filter(Boolean).join(" · ")}
          </span>
          <span className="shrink-0 text-meta text-muted">
            {inWords(entry.durationMs)} · <Time at={entry.createdAt} />
          </span>
        </Link>
      </li>
    ))}
  </ul>
);
