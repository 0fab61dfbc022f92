import { respond } from "@/lib/boundary";
import { checkReady } from "@/lib/db/ready";
import { contract } from "./contract";

export const dynamic = "force-dynamic";

/** For a load balancer: send requests only while this answers 200. */
export async function GET(request: Request) {
  return respond(request, contract.GET, async () => {
    await checkReady();
    return { status: "ok" };
  });
}
