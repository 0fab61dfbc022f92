import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { getTrackerForm } from "@/lib/issues/form/tracker-form";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** What the tracker asks for. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    const { reload, ...at } = parse(contract.GET.query, Object.fromEntries(request.nextUrl.searchParams));
    return getTrackerForm(member, at, { reload });
  });
}
