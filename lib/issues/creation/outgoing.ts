import { transaction } from "@/lib/db/client";
import { type Outgoing, outgoing } from "@/lib/richtext/outgoing";
import { trackerOf } from "@/lib/trackers/registry";
import { frameOf } from "../frame";
import type { CreationView } from "../shapes";
import { move } from "./move";
import type { Creation } from "./read";

const mostCuts = 3;

/** What a creation leaves as: the same each time, for all that it is made of is stored. */
export async function outgoingOfCreation(creation: Creation): Promise<Outgoing> {
  const resultIds = creation.sources.map(({ resultId }) => resultId);
  const { frame, content, own } = await frameOf({ ...creation, userId: creation.requestedById, resultIds });
  return outgoing(frame, content, own);
}

/**
 * The tracker found the text too long, whatever we know of its limit: the next one is surely shorter. Written down, so
 * that a job that begins anew does not begin with the long one. False when it has been cut often enough.
 */
export async function shorten(creation: Creation, refusedChars: number): Promise<boolean> {
  if (creation.bodyCuts >= mostCuts) return false;
  const { turnId, attempts } = creation;
  const changes = { sentAt: null, bodyLimitChars: Math.floor(refusedChars * 0.8), bodyCuts: { increment: 1 } };
  return transaction((tx) => move(tx, creation, "shorten", changes, { turnId, attempts }));
}

/** What is said beside the issue of a text that is not whole there. */
export function cutWarning({ body }: Outgoing, { integration }: Creation): CreationView["warnings"] {
  if (!body.isCut) return [];
  const { label } = trackerOf(integration.provider);
  return [{ kind: "body_cut", message: `The description was longer than ${label} allows and was cut.` }];
}
