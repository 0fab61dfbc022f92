import { OutboundError } from "@/lib/http/outcome";
import type { Limits } from "./limits";

/** Throws for a title that the tracker would refuse; `length` is as the tracker counts. */
export function refuseLongTitle(length: number, { titleChars }: Pick<Limits, "titleChars">): void {
  if (length <= titleChars) return;
  const message = `The title has more than ${titleChars} characters.`;
  throw new OutboundError("invalid_input", message, { outcome: "refused", fields: { title: message } });
}
