import { requireMember } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { cancelBulk } from "@/lib/issues/bulk/cancel";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; bulkId: string }> };

/** Stops the rest. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const { projectId, bulkId } = await params;
    const member = await requireMember(projectId, contract.POST.access);
    return cancelBulk(member, bulkId);
  });
}
