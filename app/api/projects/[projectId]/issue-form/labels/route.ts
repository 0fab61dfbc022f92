import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { searchLabels } from "@/lib/issues/form/options";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** Labels to choose from, as a person types. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    const { q, cursor, ...at } = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    return searchLabels(member, at, { q, cursor });
  });
}
