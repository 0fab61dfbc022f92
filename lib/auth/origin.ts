import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/**
 * Refuses a change that a browser sends from another site. A request with a bearer token needs no check: a foreign page
 * cannot add that header. A missing Origin is refused too, because browsers send it with every request that changes
 * something.
 */
export function checkOrigin(headers: Headers): void {
  if (headers.get("authorization")) return;
  if (headers.get("origin") === new URL(env().FAULTLINE_URL).origin) return;
  throw new AppError("origin_refused", `Changes are accepted from ${env().FAULTLINE_URL} only.`);
}
