import type { NextRequest } from "next/server";
import { requireMember } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { undoChange } from "@/lib/triage/undo";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string; changeId: string }> };

/** Undoes a merge or a split. */
export async function POST(request: NextRequest, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const { projectId, changeId } = await params;
    const member = await requireMember(projectId, contract.POST.access);
    return undoChange(member, changeId);
  });
}
