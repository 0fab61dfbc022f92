import { requireMember } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { previewDraft } from "@/lib/issues/preview";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; draftId: string }> };

/** Shows what would be sent. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, draftId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    return previewDraft(member, draftId);
  });
}
