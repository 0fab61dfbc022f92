import { OutboundError } from "@/lib/http/outcome";
import type { Probe } from "@/lib/trackers/tracker";
import type { Client } from "./client";
import { toProbe } from "./map";
import { wireConnection, wirePeople, wireProjects, wireRelationTypes } from "./wire";

/** Whose token it is, and what it opens. A token does not tell its scopes: of each something harmless is tried. */
export async function probe(client: Client): Promise<Probe> {
  const { data, headers } = await client.read("/_apis/connectionData", wireConnection);
  const { authenticatedUser: user } = data;
  const tried = {
    "vso.project": () => client.call("projects", wireProjects, { query: { $top: 1 } }),
    "vso.work_write": () => client.call("relationTypes", wireRelationTypes),
    "vso.identity": () => client.people({ identityIds: user.id }, wirePeople),
  };
  const missing: string[] = [];
  for (const [scope, call] of Object.entries(tried)) {
    await call().catch((error: unknown) => {
      const isRefused = error instanceof OutboundError && /^tracker_(?:unauthorized|forbidden)$/.test(error.kind);
      if (!isRefused) throw error;
      missing.push(scope);
    });
  }
  return toProbe(user, headers, missing, await client.newestVersion(), client.baseUrl);
}
