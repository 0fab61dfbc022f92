import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { addProjectMember, listProjectMembers } from "@/lib/projects/members";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** The people of a project. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    return contract.GET.response.parse({ members: await listProjectMembers(member) });
  });
}

/** Adds one. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    const { projectId } = await params;
    const member = await requireMember(projectId, contract.POST.access);
    const input = parse(contract.POST.body, await readJson(request));
    await once(member, input, () => addProjectMember(member, input.userId, input.role));
    return new Response(null, { status: contract.POST.status });
  });
}
