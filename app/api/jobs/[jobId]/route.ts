import { requireAdmin } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { refuseElsewhere } from "@/lib/jobs/engine";
import { getJob } from "@/lib/jobs/get-job";
import { contract } from "./contract";

type Context = { params: Promise<{ jobId: string }> };

/** One job. */
export async function GET(request: Request, { params }: Context) {
  return respond(request, contract.GET, async () => {
    const admin = await requireAdmin();
    const { jobId } = await params;
    refuseElsewhere(jobId);
    return { job: await getJob(admin, jobId) };
  });
}
