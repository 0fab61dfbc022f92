import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { changeRule, deleteRule } from "@/lib/triage/rules/save-rule";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; ruleId: string }> };

/** Changes a rule. */
export async function PATCH(request: NextRequest, { params }: Context) {
  return respond(request, contract.PATCH, async () => {
    const { projectId, ruleId } = await params;
    const member = await requireMember(projectId, contract.PATCH.access);
    await changeRule(member, ruleId, parse(contract.PATCH.body, await readJson(request)));
    return new Response(null, { status: contract.PATCH.status });
  });
}

/** Deletes a rule. */
export async function DELETE(request: NextRequest, { params }: Context) {
  return respond(request, contract.DELETE, async () => {
    const { projectId, ruleId } = await params;
    const member = await requireMember(projectId, contract.DELETE.access);
    await deleteRule(member, ruleId);
    return new Response(null, { status: contract.DELETE.status });
  });
}
