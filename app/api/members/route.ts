import { requireAdmin } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { listMembers } from "@/lib/workspaces/members";
import { contract } from "./contract";

/** The people of the workspace. */
export async function GET(request: Request) {
  return respond(request, contract.GET, async () => {
    const admin = await requireAdmin();
    return contract.GET.response.parse({ members: await listMembers(admin) });
  });
}
