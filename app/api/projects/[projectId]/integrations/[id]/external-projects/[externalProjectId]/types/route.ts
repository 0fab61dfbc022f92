import { requireMember } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { listProjectTypes } from "@/lib/integrations/edit-external-project";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; id: string; externalProjectId: string }> };

/** The types that a new issue there can have. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, id, externalProjectId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    return { types: await listProjectTypes(member, id, externalProjectId) };
  });
}
