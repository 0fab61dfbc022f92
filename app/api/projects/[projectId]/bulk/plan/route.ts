import { requireMember } from "@/lib/auth/gates";
import { parse, readJson, respond } from "@/lib/boundary";
import { planBulk } from "@/lib/issues/bulk/plan";
import { listTargets } from "@/lib/issues/open-form";
import { contract } from "./contract";

type Context = { params: Promise<{ projectId: string }> };

/** What the dialog has to offer. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () =>
    listTargets(await requireMember((await params).projectId, contract.GET.access)),
  );
}

/** Counts first. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const member = await requireMember((await params).projectId, contract.POST.access);
    return planBulk(member, parse(contract.POST.body, await readJson(request)));
  });
}
