import { LiveRefresh } from "@/components/live/live-refresh";
import { Page } from "@/components/ui/page";
import { requireMember } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { getFailure } from "@/lib/issues/find-result";
import { listRules } from "@/lib/triage/rules/list-rules";
import { titleIn } from "../../../title";
import { Rules } from "./rules";

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = async ({ params }: Props) => titleIn((await params).projectId, "Known issues");

/** Which failures are explained by which issue. `?result=` begins a rule with what that failure said. */
export default async function KnownIssuesPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const member = await admit(() => requireMember(projectId, "project.manage"));
  const [rules, { result }] = await Promise.all([listRules(member), searchParams]);
  // The failure's id, never its text: addresses are logged and remembered in many places.
  const failure = typeof result === "string" ? await getFailure(member, result).catch(() => null) : null;
  return (
    <Page>
      <LiveRefresh topics={["issue"]} projectId={projectId} />
      <Rules projectId={projectId} rules={rules} message={failure?.message ?? null} />
    </Page>
  );
}
