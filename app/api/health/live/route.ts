import { respond } from "@/lib/boundary";
import { contract } from "./contract";

export const dynamic = "force-dynamic";

/** For a supervisor: restart the process when this does not answer. */
export async function GET(request: Request) {
  return respond(request, contract.GET, async () => ({ status: "ok" }));
}
