import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { previewIssue } from "@/lib/issues/preview";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** Shows what would be sent. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const member = await requireMember((await params).projectId, contract.POST.access);
    return previewIssue(member, parse(contract.POST.body, await readJson(request)));
  });
}
