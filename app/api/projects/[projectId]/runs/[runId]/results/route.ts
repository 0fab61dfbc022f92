import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { listResults } from "@/lib/results/results";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; runId: string }> };

/** A page of results. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, runId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    const query = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    return listResults(member, runId, query);
  });
}
