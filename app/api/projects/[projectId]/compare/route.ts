import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { compareRuns } from "@/lib/results/compare";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** Compares two runs. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    return compareRuns(member, parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams)));
  });
}
