import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { listGroups } from "@/lib/triage/list-groups";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; runId: string }> };

/** A page of failure groups. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, runId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    const query = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    return listGroups(member, runId, query);
  });
}
