import { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { scopeNames } from "@/lib/auth/permissions";
import { createApiToken } from "@/lib/auth/tokens";
import { pool, prisma } from "@/lib/db/client";
import { createProject } from "@/lib/projects/create";
import { addProjectMember } from "@/lib/projects/members";
import { seedFiles } from "./seed/files";
import { seedPeople } from "./seed/people";
import { seedMobileRun, seedRuns } from "./seed/runs";
import { localTracker, seedTracker } from "./seed/trackers";

/**
 * Fills an empty database for the demo: a workspace with a person per role; a project with a week of runs and the
 * sandbox's GitHub; and one with a red run to which every other local tracker is assigned. Prints, as its last line, what
 * demo.json says of them.
 */
const sandbox = z
  .object({
    github: z.object({ apiUrl: z.string(), url: z.string(), token: z.string() }).optional(),
    trackers: z.array(localTracker).default([]),
  })
  .parse(JSON.parse(process.env.SANDBOX ?? "{}"));

const { admin, members, users } = await seedPeople();
const { id: projectId } = await createProject(admin, {
  name: "Checkout",
  description: "The shop's basket, payment and accounts.",
  defaultBranch: "main",
});
const lead: Member = { ...admin, projectId, projectRole: "ADMIN" };
for (const { actor, projectRole } of members) if (projectRole) await addProjectMember(lead, actor.userId, projectRole);

const integrations = [];
if (sandbox.github) {
  const { apiUrl, url, token } = sandbox.github;
  integrations.push(
    await seedTracker(admin, lead, {
      provider: "github",
      name: "Acme GitHub",
      url,
      location: apiUrl,
      credential: { authType: "pat", values: { token } },
      projects: ["acme/checkout"],
    }),
  );
}

await seedRuns(lead);
await seedFiles(lead);

const { id: otherProjectId } = await createProject(admin, {
  name: "Mobile app",
  description: "The shop on phones. Its teams keep their issues in trackers of every kind.",
  defaultBranch: "main",
});
const otherLead: Member = { ...admin, projectId: otherProjectId, projectRole: "ADMIN" };
for (const { actor, projectRole } of members)
  if (projectRole) await addProjectMember(otherLead, actor.userId, projectRole);
for (const tracker of sandbox.trackers) integrations.push(await seedTracker(admin, otherLead, tracker));
await seedMobileRun(otherLead);

const { token } = await createApiToken(admin, { name: "demo", scopes: [...scopeNames], expiresInDays: null });

console.log(JSON.stringify({ users, apiToken: token, projectId, otherProjectId, integrations }));
await prisma.$disconnect();
await pool.end();
