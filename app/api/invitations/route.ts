import { requireAdmin } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { createInvitation, listInvitations } from "@/lib/workspaces/invitations";
import { contract } from "./contract";

/** The invitations that can still be accepted. */
export async function GET(request: Request) {
  return respond(request, contract.GET, async () => {
    const admin = await requireAdmin();
    return contract.GET.response.parse({ invitations: await listInvitations(admin) });
  });
}

/** Makes one. */
export async function POST(request: Request) {
  return respond(request, contract.POST, async ({ once }) => {
    const admin = await requireAdmin();
    const input = parse(contract.POST.body, await readJson(request));
    return once(admin, input, async () =>
      contract.POST.response.parse({ invitation: await createInvitation(admin, input) }),
    );
  });
}
