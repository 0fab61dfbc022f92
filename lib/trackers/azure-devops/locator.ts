import type { VsoClient } from "azure-devops-node-api/VsoClient.js";
import { z } from "zod";

export type Locator = Pick<VsoClient, "getVersioningData" | "beginGetLocation">;

const wireLocation = z.object({
  id: z.string(),
  area: z.string(),
  resourceName: z.string(),
  routeTemplate: z.string().max(300),
  resourceVersion: z.number(),
  minVersion: z.string(),
  maxVersion: z.string(),
  releasedVersion: z.string(),
});
/** What a server answers to OPTIONS. */
export const wireLocations = z.object({ value: z.array(wireLocation).max(5_000) });
type Locations = z.output<typeof wireLocations>["value"];

// Routes change with a server's version alone: one question is enough for all who have the same token.
const known = new Map<string, { locations: Locations; until: number }>();
const keepMs = 3_600_000;
const mostKnown = 500;

/** The library's own negotiation, with its one question to the server answered from what is known. */
export async function loadLocator(
  { baseUrl, known: prefix }: { baseUrl: string; known: string },
  ask: (area: string) => Promise<Locations>,
): Promise<Locator> {
  const { VsoClient } = await import("azure-devops-node-api/VsoClient.js");
  const asking = new Map<string, Promise<Locations>>();
  const find = async (area: string) => {
    const key = `${prefix} ${area}`;
    const kept = known.get(key);
    if (kept && kept.until > Date.now()) return kept.locations;
    const locations = await ask(area);
    if (known.size >= mostKnown) known.clear();
    known.set(key, { locations, until: Date.now() + keepMs });
    return locations;
  };
  const restClient = {
    async options(url: string) {
      const area = new URL(url).pathname.split("/").at(-1) ?? "";
      // Calls that begin together ask once.
      const asked = asking.get(area) ?? find(area).finally(() => asking.delete(area));
      asking.set(area, asked);
      return { result: { value: await asked } };
    },
  };
  // Of its client for REST it uses `options` alone.
  return new VsoClient(baseUrl, restClient as unknown as ConstructorParameters<typeof VsoClient>[1]);
}
