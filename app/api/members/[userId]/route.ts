import { requireAdmin } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { changeMemberRole, removeMember } from "@/lib/workspaces/members";
import { contract } from "./contract";

type Context = { params: Promise<{ userId: string }> };

/** Gives a member of the workspace another role. */
export async function PATCH(request: Request, { params }: Context) {
  return respond(request, contract.PATCH, async () => {
    const admin = await requireAdmin();
    const { role } = parse(contract.PATCH.body, await readJson(request));
    await changeMemberRole(admin, (await params).userId, role);
    return new Response(null, { status: contract.PATCH.status });
  });
}

/** Takes a person out of the workspace. */
export async function DELETE(request: Request, { params }: Context) {
  return respond(request, contract.DELETE, async () => {
    const admin = await requireAdmin();
    await removeMember(admin, (await params).userId);
    return new Response(null, { status: contract.DELETE.status });
  });
}
