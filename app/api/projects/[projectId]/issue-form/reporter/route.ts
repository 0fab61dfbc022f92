import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { getReporterForm } from "@/lib/issues/form/reporter-field";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** Who it will be. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    return getReporterForm(member, parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams)));
  });
}
