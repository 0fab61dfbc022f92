import { z } from "zod";
import type { Identity } from "./seed";

export const repoShape = z.object({
  id: z.number(),
  full_name: z.string(),
  private: z.boolean(),
  archived: z.boolean(),
  has_issues: z.boolean(),
});

const ownerShape = z.object({ login: z.string(), url: z.string() });

/** The emulator's repositories and issues with what GitHub's description asks for besides. */
export function mend(value: unknown, { role }: Identity): unknown {
  if (!repoShape.safeParse(value).success) return value;
  const permissions = {
    admin: false,
    maintain: false,
    push: role !== "read",
    triage: role !== "read",
    pull: true,
  };
  const repo = Object.assign({ network_count: 0, subscribers_count: 0 }, value, { permissions });
  const owner = "owner" in repo ? ownerShape.loose().safeParse(repo.owner).data : undefined;
  return owner ? { ...repo, owner: { ...linksOf(owner.url), ...owner } } : repo;
}

const linksOf = (url: string) => ({
  gravatar_id: "",
  followers_url: `${url}/followers`,
  following_url: `${url}/following{/other_user}`,
  gists_url: `${url}/gists{/gist_id}`,
  starred_url: `${url}/starred{/owner}{/repo}`,
  subscriptions_url: `${url}/subscriptions`,
  organizations_url: `${url}/orgs`,
  received_events_url: `${url}/received_events`,
});
