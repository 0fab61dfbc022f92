import { requireUser } from "@/lib/auth/gates";
import { respond } from "@/lib/boundary";
import { streamEvents } from "@/lib/events/stream";
import { contract } from "./contract";

export const dynamic = "force-dynamic";

/** The one stream of a browser; its tabs share it. */
export async function GET(request: Request) {
  return respond(request, contract.GET, async () => streamEvents(await requireUser("read"), request.signal));
}
