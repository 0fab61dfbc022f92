import { requireUser } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { getIssue } from "@/lib/issues/find-issue";
import { contract } from "./contract";

type Context = { params: Promise<{ issueId: string }> };

/** One issue. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const actor = await requireUser(contract.GET.access.user);
    return { issue: await getIssue(actor, (await params).issueId) };
  });
}
