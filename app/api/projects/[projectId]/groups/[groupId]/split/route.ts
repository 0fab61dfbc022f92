import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { refineGroup } from "@/lib/triage/refine";
import { splitGroup } from "@/lib/triage/split";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; groupId: string }> };

/** Splits a failure group. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const { projectId, groupId } = await params;
    const member = await requireMember(projectId, contract.POST.access);
    const by = parse(contract.POST.body, await readJson(request));
    return "hashes" in by ? splitGroup(member, groupId, by.hashes) : refineGroup(member, groupId, by);
  });
}
