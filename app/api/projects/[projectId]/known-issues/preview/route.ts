import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { previewRule } from "@/lib/triage/rules/preview-rule";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** Tries a rule on the past. It is no change, but a pattern has no place in an address. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const member = await requireMember((await params).projectId, contract.POST.access);
    return previewRule(member, parse(contract.POST.body, await readJson(request)));
  });
}
