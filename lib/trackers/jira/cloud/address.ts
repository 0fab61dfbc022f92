import { isCloudHost } from "@/lib/trackers/jira/address";
import { badAddress, typedAddress } from "@/lib/trackers/typed-address";

/** The site, for what an admin typed: its name, its address, or that of any page on it. */
export function baseUrlOf(text: string): string {
  const typed = text.trim();
  if (/^[a-z0-9][a-z0-9-]{0,60}$/i.test(typed) && typed.toLowerCase() !== "localhost")
    return `https://${typed.toLowerCase()}.atlassian.net`;
  const url = typedAddress(typed);
  if (/(^|\.)(id\.atlassian\.com|api\.atlassian\.com|auth\.atlassian\.com)$/.test(url.hostname))
    throw badAddress("Enter the address of your Jira site, such as https://your-team.atlassian.net.");
  // Whoever copied the address of a board or an issue means the site.
  if (isCloudHost(url.hostname)) return url.origin;
  if (!/^\/(jira\/.*|browse\/.*)?$/.test(url.pathname))
    throw badAddress("Enter the address of the site alone, without a path.");
  return url.origin;
}
