import { requireMember } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { getResult } from "@/lib/results/results";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; runId: string; resultId: string }> };

/** One result, whole. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, runId, resultId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    return { result: await getResult(member, { runId, resultId }) };
  });
}
