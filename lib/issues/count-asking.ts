import type { Member } from "@/lib/auth/member";
import { env } from "@/lib/env";
import { countAttempt } from "@/lib/limits";

/**
 * Counts somebody's asking for an issue, once more included; throws rate_limited. Each makes a job, calls the tracker
 * and takes a place in the line of a credential that others use too.
 */
export const countAsking = ({ tokenId, userId }: Member): Promise<void> =>
  countAttempt(`create:${tokenId ?? userId}`, env().FAULTLINE_LIMIT_CREATE, 60);
