import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/**
 * Whether a request says who it is by a bearer token; its cookie counts for nothing then. Other schemes are not ours: a
 * browser adds Basic by itself, for the proxy in front of us, to what a foreign page sends too.
 */
export const hasBearer = (headers: Headers): boolean => /^Bearer\b/i.test(headers.get("authorization") ?? "");

/**
 * Refuses a change that a browser sends from another site. A request with a bearer token needs no check: a foreign page
 * cannot add that header. A missing Origin is refused too, because browsers send it with every request that changes
 * something.
 */
export function checkOrigin(headers: Headers): void {
  if (hasBearer(headers)) return;
  if (headers.get("origin") === new URL(env().FAULTLINE_URL).origin) return;
  throw new AppError("origin_refused", `Changes are accepted from ${env().FAULTLINE_URL} only.`);
}
