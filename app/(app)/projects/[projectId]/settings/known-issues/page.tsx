import { LiveRefresh } from "@/components/live/live-refresh";
import { Page } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { listRules } from "@/lib/triage/rules/list-rules";
import { titleIn } from "../../../title";
import { Rules } from "./rules";

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async ({ params }: Props) => titleIn((await params).projectId, "Known issues");

/** Which failures are explained by which issue. `?message=` begins a rule with what a failure said. */
export default async function KnownIssuesPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const member = await admit(() => requireMember(projectId, "project.manage"));
  const [rules, { message }] = await Promise.all([listRules(member), searchParams]);
  return (
    <Page>
      <LiveRefresh topics={["issue"]} projectId={projectId} />
      <Rules projectId={projectId} rules={rules} message={typeof message === "string" ? message : null} />
    </Page>
  );
}
