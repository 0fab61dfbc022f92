import { requireMember, requireUser } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { getIssue } from "@/lib/issues/find-issue";
import { linkIssue } from "@/lib/issues/link-issue";
import { linkTo } from "@/lib/issues/link-place";
import { contract } from "./contract";

type Context = { params: Promise<{ id: string }> };

/** Links an issue that exists already. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    await requireUser("issues");
    const { id } = await params;
    const body = parse(contract.POST.body, await readJson(request));
    const { projectId, ref, ...place } = body;
    const member = await requireMember(projectId, contract.POST.access);
    const linked = await once(member, body, () => linkIssue(member, id, linkTo(place), ref));
    const { issueId, linkId, outcome } = linked;
    return { issue: await getIssue(member, issueId), linkId, outcome };
  });
}
