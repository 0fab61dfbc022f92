import { requireMember } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { retryCreation } from "@/lib/issues/retry-creation";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; creationId: string }> };

/** Tries again. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    const { projectId, creationId } = await params;
    const member = await requireMember(projectId, contract.POST.access);
    return once(member, null, async (turnId) => {
      const { creation } = await retryCreation(member, creationId, turnId);
      return { creation };
    });
  });
}
