import { requireMember, requireUser } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { linkTo } from "@/lib/issues/link-place";
import { unlinkIssue } from "@/lib/issues/unlink-issue";
import { contract } from "./contract";

type Context = { params: Promise<{ issueId: string }> };

/** Removes a link. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async () => {
    await requireUser("issues");
    const { issueId } = await params;
    const { projectId, ...place } = parse(contract.POST.body, await readJson(request));
    const member = await requireMember(projectId, contract.POST.access);
    return unlinkIssue(member, issueId, linkTo(place));
  });
}
