import { requireMember } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { getCase } from "@/lib/results/cases";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; caseId: string }> };

/** One test case. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, caseId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    return { case: await getCase(member, caseId) };
  });
}
