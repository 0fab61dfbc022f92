import { requireAdmin } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { revokeInvitation } from "@/lib/workspaces/invitations";
import { contract } from "./contract";

type Context = { params: Promise<{ invitationId: string }> };

/** Takes an open invitation back. */
export async function DELETE(request: Request, { params }: Context) {
  return respond(request, contract.DELETE, async () => {
    const admin = await requireAdmin();
    await revokeInvitation(admin, (await params).invitationId);
    return new Response(null, { status: contract.DELETE.status });
  });
}
