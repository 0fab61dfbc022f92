import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { listRules } from "@/lib/triage/rules/list-rules";
import { createRule } from "@/lib/triage/rules/save-rule";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** The rules of a project. */
export async function GET(request: NextRequest, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const member = await requireMember((await params).projectId, contract.GET.access);
    return { rules: await listRules(member) };
  });
}

/** Adds a rule. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    const member = await requireMember((await params).projectId, contract.POST.access);
    const input = parse(contract.POST.body, await readJson(request));
    return once(member, input, (id) => createRule(member, input, id));
  });
}
