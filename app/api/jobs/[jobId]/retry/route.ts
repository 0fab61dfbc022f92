import { requireAdmin } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { retryJob } from "@/lib/jobs/change-job";
import { contract } from "./contract";

type Context = { params: Promise<{ jobId: string }> };

/** Once more. */
export async function POST(request: Request, { params }: Context) {
  return respond(request, contract.POST, async ({ once }) => {
    const admin = await requireAdmin();
    const { jobId } = await params;
    return once(admin, null, () => retryJob(admin, jobId));
  });
}
