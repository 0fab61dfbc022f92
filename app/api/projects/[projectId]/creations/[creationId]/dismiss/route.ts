import { requireMember } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { dismissCreation } from "@/lib/issues/dismiss-creation";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; creationId: string }> };

/** Lets go. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const { projectId, creationId } = await params;
    const member = await requireMember(projectId, contract.POST.access);
    return { creation: await dismissCreation(member, creationId) };
  });
}
