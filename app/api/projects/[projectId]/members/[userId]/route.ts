import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { changeProjectRole, removeProjectMember } from "@/lib/projects/members";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; userId: string }> };

/** Gives a person of the project another role. */
export async function PATCH(request: NextRequest, { params }: Context) {
  return respond(request, contract.PATCH, async () => {
    const { projectId, userId } = await params;
    const member = await requireMember(projectId, contract.PATCH.access);
    const { role } = parse(contract.PATCH.body, await readJson(request));
    await changeProjectRole(member, userId, role);
    return new Response(null, { status: contract.PATCH.status });
  });
}

/** Takes a person out of the project. */
export async function DELETE(request: NextRequest, { params }: Context) {
  return respond(request, contract.DELETE, async () => {
    const { projectId, userId } = await params;
    const member = await requireMember(projectId, contract.DELETE.access);
    await removeProjectMember(member, userId);
    return new Response(null, { status: contract.DELETE.status });
  });
}
