import { OutboundError } from "@/lib/http/outcome";

/** An id that the tracker counts; throws for a text that is none, before it can bend a path. */
export function remoteNumber(text: string, what: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  const message = `"${text.slice(0, 100)}" is no ${what}'s number.`;
  throw new OutboundError("tracker_not_found", message, { outcome: "refused" });
}
