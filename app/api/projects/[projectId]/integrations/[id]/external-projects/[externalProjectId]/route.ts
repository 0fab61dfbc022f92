import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { editExternalProject } from "@/lib/integrations/edit-external-project";
import { listAssignments } from "@/lib/integrations/list-assignments";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; id: string; externalProjectId: string }> };

/** Changes one of the places that issues go to. */
export async function PATCH(request: Request, { params }: Context) {
  return respond(request, contract.PATCH, async () => {
    const { projectId, id, externalProjectId } = await params;
    const member = await requireMember(projectId, contract.PATCH.access);
    await editExternalProject(member, id, externalProjectId, parse(contract.PATCH.body, await readJson(request)));
    return { integrations: await listAssignments(member) };
  });
}
