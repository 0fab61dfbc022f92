import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { mergeGroups } from "@/lib/triage/merge";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** Merges failure groups. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const member = await requireMember((await params).projectId, contract.POST.access);
    return mergeGroups(member, parse(contract.POST.body, await readJson(request)));
  });
}
