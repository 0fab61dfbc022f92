import { requireMember } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { retryBulk } from "@/lib/issues/bulk/retry";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; bulkId: string }> };

/** Tries again what failed. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    const { projectId, bulkId } = await params;
    const member = await requireMember(projectId, contract.POST.access);
    return once(member, null, () => retryBulk(member, bulkId));
  });
}
