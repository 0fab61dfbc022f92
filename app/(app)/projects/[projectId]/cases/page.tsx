import { CasesFilter } from "@/components/cases/cases-filter";
import { CasesList } from "@/components/cases/cases-list";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Page, PageHeader } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";
import { casesInput } from "@/lib/results/case-inputs";
import { listCases } from "@/lib/results/list-cases";
import { textOf } from "../../text-of";
import { titleIn } from "../../title";

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async ({ params }: Props) => titleIn((await params).projectId, "Cases");

/** The test cases of a project. */
export default async function CasesPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const member = await admit(() => requireMember(projectId, "project.read"));
  const { q, state } = await searchParams;
  // An address with a filter that is none shows the cases without it.
  const asked = casesInput.safeParse({ q: textOf(q), state: textOf(state) });
  const query = asked.success ? asked.data : casesInput.parse({});
  const filter = { q: query.q, state: query.state };
  const [project, first] = await Promise.all([getProject(member), listCases(member, query)]);
  return (
    <Page wide className="max-w-6xl">
      <Breadcrumbs
        steps={[
          { label: "Projects", href: "/projects" },
          { label: project.name, href: `/projects/${projectId}` },
          { label: "Cases" },
        ]}
      />
      <PageHeader title="Cases" />
      <CasesFilter path={`/projects/${projectId}/cases`} filter={filter} />
      <CasesList key={JSON.stringify(filter)} projectId={projectId} filter={filter} first={first} />
    </Page>
  );
}
