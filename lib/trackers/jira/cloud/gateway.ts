import { AppError } from "@/lib/errors";
import { followReads } from "@/lib/http/follow";
import { OutboundError } from "@/lib/http/outcome";
import { wireTenant } from "@/lib/trackers/jira/wire";
import type { Settings, Site } from "@/lib/trackers/tracker";

const publicGateway = "https://api.atlassian.com";

/** Tokens with scopes are accepted by Atlassian's gateway alone, not by the site: the classic API token is not one. */
export const usesGateway = ({ credential }: Pick<Site, "credential">) =>
  credential.type === "scoped_token" || credential.type === "oauth";

/** Where the API is. */
export function hostOf(site: Site): string {
  if (!usesGateway(site)) return site.baseUrl;
  const { cloudId, gateway = publicGateway } = site.settings;
  if (!cloudId)
    throw new AppError("misconfigured", "The site's cloud id is not known yet: save the integration again.");
  return `${gateway.replace(/\/+$/, "")}/ex/jira/${encodeURIComponent(cloudId)}`;
}

/** The site's cloud id, which its address in the gateway is made of. Anybody may ask for it. */
export async function discover(site: Site): Promise<Settings> {
  if (!usesGateway(site)) return site.settings;
  const response = await followReads(site.fetch, `${site.baseUrl}/_edge/tenant_info`, {
    headers: { accept: "application/json" },
    redirect: "manual",
    template: "/_edge/tenant_info",
  });
  const { data } = wireTenant.safeParse(await response.json().catch(() => null));
  if (response.ok && data) return { ...site.settings, cloudId: data.cloudId };
  throw new OutboundError("tracker_not_found", "This is not the address of a Jira Cloud site.", {
    outcome: "refused",
    status: response.status,
  });
}
