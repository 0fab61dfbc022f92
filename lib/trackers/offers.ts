import { OutboundError } from "@/lib/http/outcome";
import type { OpenTracker, Tracker } from "./tracker";

/**
 * What a tracker can do, by the methods that are there: opening makes no call, so nobody has to be connected to ask.
 * Its methods go nowhere.
 */
export function offersOf(tracker: Pick<Tracker, "open">): OpenTracker {
  const known = offers.get(tracker);
  if (known) return known;
  const opened = tracker.open({
    baseUrl: "https://nowhere.invalid",
    credential: { type: "", values: {} },
    settings: {},
    fetch: nowhere,
  });
  offers.set(tracker, opened);
  return opened;
}

const offers = new WeakMap<object, OpenTracker>();

async function nowhere(): Promise<never> {
  throw new OutboundError("unavailable", "This tracker was opened to see what it can do.", { outcome: "refused" });
}
