import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { getCaseHistory } from "@/lib/results/case-history";
import { getCase } from "@/lib/results/cases";
import { editCase } from "@/lib/results/edit-case";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; caseId: string }> };

/** One test case. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, caseId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    return { case: await getCase(member, caseId), history: await getCaseHistory(member, caseId) };
  });
}

/** Edits it. */
export async function PATCH(request: Request, { params }: Context) {
  return respond(request, contract.PATCH, async () => {
    const { projectId, caseId } = await params;
    const member = await requireMember(projectId, contract.PATCH.access);
    return { case: await editCase(member, caseId, parse(contract.PATCH.body, await readJson(request))) };
  });
}
