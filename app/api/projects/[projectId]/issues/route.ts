import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { isLinkedOnly } from "@/lib/issues/linked-only";
import { listCreations } from "@/lib/issues/list-creations";
import { listIssues } from "@/lib/issues/list-issues";
import { subjectOf } from "@/lib/issues/subject";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** What a result, case, run or failure group has of issues. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    const subject = subjectOf(parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams)));
    const [issues, creations, linkedOnly] = await Promise.all([
      listIssues(member, subject),
      listCreations(member, subject),
      isLinkedOnly(member),
    ]);
    return { issues, creations, isLinkedOnly: linkedOnly };
  });
}
