import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { restoreLinks } from "@/lib/integrations/sever-links";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; id: string }> };

/** Undoes a severing of all links. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const { projectId, id } = await params;
    const member = await requireMember(projectId, contract.POST.access);
    const { undoId } = parse(contract.POST.body, await readJson(request));
    return restoreLinks(member, id, undoId);
  });
}
