import { requireAdmin } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { cancelJob } from "@/lib/jobs/change-job";
import { contract } from "./contract";

type Context = { params: Promise<{ jobId: string }> };

/** No further. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async () => {
    const admin = await requireAdmin();
    await cancelJob(admin, (await params).jobId);
    return new Response(null, { status: contract.POST.status });
  });
}
