import { CaseAbout } from "@/components/cases/case-about";
import { CaseGroups } from "@/components/cases/case-groups";
import { CaseMatrix } from "@/components/cases/case-matrix";
import { CaseResults } from "@/components/cases/case-results";
import { CaseStanding } from "@/components/cases/case-standing";
import { FlakyEvidence, FlakyMark } from "@/components/cases/flaky-evidence";
import { environmentName, resultHref } from "@/components/cases/result-href";
import { CaseIssues } from "@/components/issues/case-issues";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Ansi } from "@/components/results/ansi";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Link } from "@/components/ui/link";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { requireMember } from "@/lib/auth/gates";
import { can } from "@/lib/auth/member";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";
import { listProjectMembers } from "@/lib/projects/members";
import { getCaseHistory } from "@/lib/results/case-history";
import type { HistoryRow } from "@/lib/results/case-shapes";
import { getCase, listCaseResults } from "@/lib/results/cases";
import { suitePath } from "@/lib/results/suite-path";
import type { RichDoc } from "@/lib/richtext/doc";
import { toHtml } from "@/lib/richtext/to-html";
import { toText } from "@/lib/richtext/to-text";
import { listAssessments } from "@/lib/triage/list-assessments";
import { titleIn } from "../../../title";

type Props = { params: Promise<{ projectId: string; caseId: string }> };

export async function generateMetadata({ params }: Props) {
  const { projectId, caseId } = await params;
  return titleIn(projectId, async (member) => (await getCase(member, caseId)).name.slice(0, 100));
}

/** One test case: how it did over runs and environments, what people wrote about it, and its issues. */
export default async function CasePage({ params }: Props) {
  const { projectId, caseId } = await params;
  const member = await admit(() => requireMember(projectId, "project.read"));
  const canEdit = can(member, "failures.triage");
  const [project, found, history, results, judged, people] = await admit(() =>
    Promise.all([
      getProject(member),
      getCase(member, caseId),
      getCaseHistory(member, caseId),
      listCaseResults(member, caseId, { limit: 50 }),
      listAssessments(member, { caseId }),
      canEdit ? listProjectMembers(member) : [],
    ]),
  );
  const { name } = found;
  const { matrix, flakiness, lastFailure, groups } = history;
  return (
    <Page>
      <LiveRefresh topics={["run", "case", "group"]} projectId={projectId} />
      <Breadcrumbs
        steps={[
          { label: "Projects", href: "/projects" },
          { label: project.name, href: `/projects/${projectId}` },
          { label: "Cases", href: `/projects/${projectId}/cases` },
          { label: name },
        ]}
      />
      <PageHeader
        title={name}
        description={<p className="break-words">{suitePath(found)}</p>}
        actions={<FlakyMark score={flakiness.score} word={flakiness.word} />}
      />
      <Section title="Runs and environments">
        {matrix.runs.length > 0 ? (
          <CaseMatrix projectId={projectId} matrix={matrix} />
        ) : (
          <p className="text-muted">No run has had it yet.</p>
        )}
      </Section>
      {lastFailure && <LastFailure projectId={projectId} failure={lastFailure} />}
      {groups.length > 0 && (
        <Section title="Problems">
          <CaseGroups projectId={projectId} groups={groups} />
        </Section>
      )}
      <Section title="Issues">
        <CaseIssues projectId={projectId} caseId={caseId} canCreate={can(member, "issues.link")} />
      </Section>
      <CaseAbout
        projectId={projectId}
        found={found}
        steps={toView(found.steps)}
        expected={toView(found.expected)}
        people={people.map((person) => person.name)}
        canEdit={canEdit}
      />
      <Section title="Severity and assessment">
        <CaseStanding projectId={projectId} found={found} history={judged} canTriage={canEdit} />
      </Section>
      <Section title="Flakiness">
        <FlakyEvidence projectId={projectId} flakiness={flakiness} />
      </Section>
      <Section title="All results">
        <CaseResults projectId={projectId} caseId={caseId} first={results} />
      </Section>
    </Page>
  );
}

const toView = (doc: RichDoc | null) => doc && { html: toHtml(doc).output, text: toText(doc).output };

const LastFailure = ({ projectId, failure }: { projectId: string; failure: HistoryRow }) => (
  <Section title="Last failure">
    <p className="mb-1 text-muted">
      <Link href={resultHref(projectId, failure)} className="text-link underline underline-offset-2">
        Run #{failure.runNumber}
      </Link>{" "}
      · {environmentName(failure.environment)} · <Time at={failure.createdAt} />
    </p>
    <p dir="auto" className="whitespace-pre-wrap break-words text-left font-mono text-code">
      <Ansi text={failure.message ?? "It failed without a message."} />
    </p>
  </Section>
);
