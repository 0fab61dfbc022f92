import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { getGroup } from "@/lib/triage/get-group";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; groupId: string }> };

/** One failure group, whole. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, groupId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    const { runId } = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    return getGroup(member, groupId, runId);
  });
}
