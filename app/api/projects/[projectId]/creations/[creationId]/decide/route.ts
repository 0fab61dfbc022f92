import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { decideCreation } from "@/lib/issues/decide-creation";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; creationId: string }> };

/** A person says what Faultline cannot know. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    const { projectId, creationId } = await params;
    const member = await requireMember(projectId, contract.POST.access);
    const decision = parse(contract.POST.body, await readJson(request));
    return once(member, decision, async () => ({ creation: await decideCreation(member, creationId, decision) }));
  });
}
