import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { findIssueChoices } from "@/lib/triage/rules/find-choices";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** Search as you type for the issue of a rule. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    const { q } = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    return findIssueChoices(member, q);
  });
}
