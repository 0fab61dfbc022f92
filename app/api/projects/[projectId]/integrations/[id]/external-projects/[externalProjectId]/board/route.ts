import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { readBoard, saveBoard } from "@/lib/integrations/board";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; id: string; externalProjectId: string }> };

/** The board of a place. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, id, externalProjectId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    return readBoard(member, { assignmentId: id, externalProjectId });
  });
}

/** Sets the board of a place. */
export async function PUT(request: Request, { params }: Context) {
  return respond(request, contract.PUT, async () => {
    const { projectId, id, externalProjectId } = await params;
    const member = await requireMember(projectId, contract.PUT.access);
    const { board } = parse(contract.PUT.body, await readJson(request));
    return saveBoard(member, { assignmentId: id, externalProjectId }, board);
  });
}
