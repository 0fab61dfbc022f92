import { requireMember } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { discardDraft } from "@/lib/issues/drafts";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; draftId: string }> };

/** Discards. */
export async function DELETE(request: Request, { params }: Context) {
  return respond(request, contract.DELETE, async () => {
    const { projectId, draftId } = await params;
    const member = await requireMember(projectId, contract.DELETE.access);
    await discardDraft(member, draftId);
    return new Response(null, { status: 204 });
  });
}
