import { requireMember, requireUser } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { getIssue } from "@/lib/issues/find-issue";
import { linkIssue, linkTo } from "@/lib/issues/link-issue";
import { contract } from "./contract";

type Context = { params: Promise<{ id: string }> };

/** Links an issue that exists already. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async () => {
    await requireUser("issues");
    const { id } = await params;
    const { projectId, ref, ...place } = parse(contract.POST.body, await readJson(request));
    const member = await requireMember(projectId, contract.POST.access);
    const { issueId, linkId, outcome } = await linkIssue(member, id, linkTo(place), ref);
    return { issue: await getIssue(member, issueId), linkId, outcome };
  });
}
