import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { listBoards } from "@/lib/integrations/board";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; id: string; externalProjectId: string }> };

/** The boards that there are to choose from, as a person types. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, id, externalProjectId } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    const { q, cursor } = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    return listBoards(member, { assignmentId: id, externalProjectId }, { query: q, cursor });
  });
}
