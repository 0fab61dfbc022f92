import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { searchOptions } from "@/lib/issues/form/options";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** What there is to choose from, as a person types. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    const { q, cursor, ...at } = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    return searchOptions(member, at, { q, cursor });
  });
}
