import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { requestBoardField } from "@/lib/integrations/board";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; id: string; externalProjectId: string }> };

/** Asks for a field that the board lacks; a job makes it. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const { projectId, id, externalProjectId } = await params;
    const member = await requireMember(projectId, contract.POST.access);
    const { field } = parse(contract.POST.body, await readJson(request));
    await requestBoardField(member, { assignmentId: id, externalProjectId }, field);
    return { field };
  });
}
