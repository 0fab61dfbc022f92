import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { listCaseResults } from "@/lib/results/cases";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; caseId: string }> };

/** A page of a case's history. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, caseId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    const query = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    return listCaseResults(member, caseId, query);
  });
}
