import { isCloudHost } from "@/lib/trackers/jira/address";
import { badAddress, typedAddress } from "@/lib/trackers/typed-address";

/** The server's address with its context path, for what an admin typed: it, or any page below it. */
export function baseUrlOf(text: string): string {
  const url = typedAddress(text);
  if (isCloudHost(url.hostname)) throw badAddress("This is a Jira Cloud site: choose Jira Cloud.");
  const pages = /\/(browse|secure|projects|issues|rest|plugins|servicedesk|login\.jsp|login)(\/.*)?$/;
  return url.origin + url.pathname.replace(pages, "").replace(/\/+$/, "");
}
