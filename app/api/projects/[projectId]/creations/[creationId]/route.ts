import { requireMember } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { showCreation } from "@/lib/issues/show-creation";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; creationId: string }> };

/** The state of one creation. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, creationId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    return showCreation(member, creationId);
  });
}
