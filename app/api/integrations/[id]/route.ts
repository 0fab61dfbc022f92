import { requireAdmin } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { editIntegration } from "@/lib/integrations/edit-integration";
import { showIntegration } from "@/lib/integrations/list-integrations";
import { contract } from "./contract";

type Context = { params: Promise<{ id: string }> };

/** One integration. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const admin = await requireAdmin();
    return { integration: await showIntegration(admin, (await params).id) };
  });
}

/** Changes it. */
export async function PUT(request: Request, { params }: Context) {
  return respond(request, contract.PUT, async () => {
    const admin = await requireAdmin();
    const input = parse(contract.PUT.body, await readJson(request));
    const { id } = await editIntegration(admin, (await params).id, input);
    return { integration: await showIntegration(admin, id) };
  });
}
