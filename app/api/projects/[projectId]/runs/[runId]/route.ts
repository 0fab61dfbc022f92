import { requireMember } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { getRun } from "@/lib/results/runs";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; runId: string }> };

/** One run. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, runId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    return { run: await getRun(member, runId) };
  });
}
