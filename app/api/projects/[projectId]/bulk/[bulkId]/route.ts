import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { showBulk } from "@/lib/issues/bulk/show";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; bulkId: string }> };

/** How far it has come. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, bulkId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    return showBulk(member, bulkId, parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams)));
  });
}
