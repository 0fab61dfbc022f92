import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { listRepositories } from "@/lib/integrations/list-repositories";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; id: string }> };

/** What there is to choose from, as a person types. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const { projectId, id } = await params;
    const member = await requireMember(projectId, contract.GET.access);
    const { q, cursor } = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    return listRepositories(member, id, { query: q, cursor });
  });
}
