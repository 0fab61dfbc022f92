import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, respond } from "@/lib/boundary";
import { contract } from "./contract";
import { receiveFile } from "./receive";

type Context = { params: Promise<{ projectId: string }> };

/** Takes a file for a text, as it arrives. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    const member = await requireMember((await params).projectId, contract.POST.access);
    const { name, draftId } = parse(contract.POST.query, Object.fromEntries(request.nextUrl.searchParams));
    return receiveFile(request, member, once, { name, owner: draftId ? { draftId } : {} });
  });
}
