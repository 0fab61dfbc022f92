import { requireAdmin } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { connectIntegration } from "@/lib/integrations/connect-integration";
import { listIntegrations } from "@/lib/integrations/list-integrations";
import { contract } from "./contract";

/** The workspace's integrations. */
export async function GET(request: Request) {
  return respond(request, contract.GET, async () => {
    const admin = await requireAdmin();
    return { integrations: await listIntegrations(admin) };
  });
}

/** Adds one. */
export async function POST(request: Request) {
  return respond(request, contract.POST, async ({ once }) => {
    const admin = await requireAdmin();
    const input = parse(contract.POST.body, await readJson(request));
    return once(admin, input, async () => ({ integration: await connectIntegration(admin, input) }));
  });
}
