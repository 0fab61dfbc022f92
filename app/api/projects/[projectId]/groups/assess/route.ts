import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { assessGroups } from "@/lib/triage/assess";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** Assesses failure groups. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const member = await requireMember((await params).projectId, contract.POST.access);
    return assessGroups(member, parse(contract.POST.body, await readJson(request)));
  });
}
