import { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { scopeNames } from "@/lib/auth/permissions";
import { createApiToken } from "@/lib/auth/tokens";
import { pool, prisma } from "@/lib/db/client";
import { assignIntegration } from "@/lib/integrations/assign-integration";
import { connectIntegration } from "@/lib/integrations/connect-integration";
import { chooseExternalProject } from "@/lib/integrations/external-projects";
import { createProject } from "@/lib/projects/create";
import { addProjectMember } from "@/lib/projects/members";
import { seedFiles } from "./seed/files";
import { seedPeople } from "./seed/people";
import { seedRuns } from "./seed/runs";

/**
 * Fills an empty database for the demo: a workspace with a person per role, a project with a week of runs, and the
 * sandbox's GitHub assigned to it. Prints, as its last line, what demo.json says of them.
 */
const sandbox = z
  .object({ github: z.object({ apiUrl: z.string(), token: z.string() }).optional() })
  .parse(JSON.parse(process.env.SANDBOX ?? "{}"));
const externalProject = "acme/checkout";

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
  const { id } = await connectIntegration(admin, {
    provider: "github",
    name: "Acme GitHub",
    baseUrl: sandbox.github.apiUrl,
    authType: "pat",
    credential: { token: sandbox.github.token },
  });
  const assignment = await assignIntegration(lead, id);
  await chooseExternalProject(lead, assignment.id, { key: externalProject });
  integrations.push({ id, provider: "github", externalProject });
}

await seedRuns(lead);
await seedFiles(lead);
const { token } = await createApiToken(admin, { name: "demo", scopes: [...scopeNames], expiresInDays: null });

console.log(JSON.stringify({ users, apiToken: token, projectId, integrations }));
await prisma.$disconnect();
await pool.end();
