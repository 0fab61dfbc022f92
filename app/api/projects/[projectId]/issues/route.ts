import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { listCreations, listIssues, subjectOf } from "@/lib/issues/list-issues";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** What a result, case or run has of issues. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    const subject = subjectOf(parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams)));
    const [issues, creations] = await Promise.all([listIssues(member, subject), listCreations(member, subject)]);
    return { issues, creations };
  });
}
