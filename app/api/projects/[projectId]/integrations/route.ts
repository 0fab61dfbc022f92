import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { assignIntegration } from "@/lib/integrations/assign-integration";
import { chooseOnlyProject } from "@/lib/integrations/external-projects";
import { listAssignments } from "@/lib/integrations/list-assignments";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** The project's integrations. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    return { integrations: await listAssignments(member) };
  });
}

/** Assigns one more. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    const member = await requireMember((await params).projectId, contract.POST.access);
    const input = parse(contract.POST.body, await readJson(request));
    return once(member, input, async () => {
      const integration = await assignIntegration(member, input.integrationId);
      await chooseOnlyProject(member, integration.id);
      return { integration };
    });
  });
}
