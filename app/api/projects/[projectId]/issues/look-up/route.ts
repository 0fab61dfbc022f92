import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { lookUpIssue } from "@/lib/issues/look-up";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** Shows an issue before it is linked. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    const { integrationId, ref } = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    const { key, url, title, state, category, assignee } = await lookUpIssue(member, integrationId, ref);
    return { issue: { key, url, title, state, category, assignee: assignee?.name ?? null } };
  });
}
