import type { Member } from "@/lib/auth/member";
import { countAttempt } from "@/lib/limits";

const mostPerMinute = 240;
// Each may be ten pages of a list that the tracker cannot narrow.
const listsPerMinute = 60;

type Who = Pick<Member, "tokenId" | "userId">;

/** Typing, pasting and opening a form ask a tracker that others use too; throws rate_limited. */
export const countReading = ({ tokenId, userId }: Who): Promise<void> =>
  countAttempt(`options:${tokenId ?? userId}`, mostPerMinute, 60);

/** The same for what lists all that a credential reaches. */
export const countListing = ({ tokenId, userId }: Who): Promise<void> =>
  countAttempt(`listing:${tokenId ?? userId}`, listsPerMinute, 60);
