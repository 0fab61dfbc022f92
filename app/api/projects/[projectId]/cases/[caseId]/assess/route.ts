import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { assessCase } from "@/lib/triage/assess";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; caseId: string }> };

/** Assesses a test case. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const { projectId, caseId } = await params;
    const member = await requireMember(projectId, contract.POST.access);
    return assessCase(member, caseId, parse(contract.POST.body, await readJson(request)));
  });
}
