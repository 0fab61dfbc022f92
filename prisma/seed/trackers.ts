import { z } from "zod";
import type { Actor, Member } from "@/lib/auth/member";
import { assignIntegration } from "@/lib/integrations/assign-integration";
import { connectIntegration } from "@/lib/integrations/connect-integration";
import { chooseExternalProject } from "@/lib/integrations/external-projects";
import { isProviderId } from "@/lib/trackers/registry";

/** A local tracker as e2e/sandbox/all.ts describes it. */
export const localTracker = z.object({
  provider: z.string().refine(isProviderId),
  name: z.string(),
  url: z.string(),
  location: z.string(),
  credential: z.object({ authType: z.string(), values: z.record(z.string(), z.string()) }),
  projects: z.array(z.string()),
});

export type SeededIntegration = { id: string; provider: string; externalProject: string };

/** Connects a tracker, assigns it to the project and chooses where in it issues can go; the first is the usual place. */
export async function seedTracker(
  admin: Actor,
  lead: Member,
  { provider, name, location, credential, projects }: z.output<typeof localTracker>,
): Promise<SeededIntegration> {
  const { authType, values } = credential;
  const { id } = await connectIntegration(admin, { provider, name, baseUrl: location, authType, credential: values });
  const assignment = await assignIntegration(lead, id);
  // The one that is chosen last is the default.
  for (const key of projects.toReversed()) await chooseExternalProject(lead, assignment.id, { key });
  return { id, provider, externalProject: projects[0] ?? "" };
}
