import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const role = z.enum(["ADMIN", "MEMBER"]);
const projectRole = z.enum(["ADMIN", "MEMBER", "VIEWER"]).nullable();

const demoSchema = z.object({
  url: z.string(),
  users: z.array(z.object({ email: z.string(), password: z.string(), workspaceRole: role, projectRole })),
  apiToken: z.string(),
  projectId: z.string(),
  /** Where every tracker but GitHub is assigned. */
  otherProjectId: z.string(),
  integrations: z.array(z.object({ id: z.string(), provider: z.string(), externalProject: z.string() })),
  sandbox: z.object({
    github: z.object({ url: z.string(), token: z.string() }),
    trackers: z.array(
      z.object({ provider: z.string(), name: z.string(), url: z.string(), projects: z.array(z.string()) }),
    ),
  }),
});

export type Demo = z.infer<typeof demoSchema>;

/** What the demo says of itself: who may sign in and where everything is. */
export const readDemo = (): Demo =>
  demoSchema.parse(
    JSON.parse(readFileSync(path.resolve(process.env.FAULTLINE_DATA_DIR ?? ".data/e2e", "demo.json"), "utf8")),
  );

/** The people of the demo, by what they may do in its project. */
export const personas = {
  admin: ({ users }: Demo) => users.find(({ workspaceRole }) => workspaceRole === "ADMIN"),
  lead: ({ users }: Demo) => users.find((user) => user.workspaceRole === "MEMBER" && user.projectRole === "ADMIN"),
  engineer: ({ users }: Demo) => users.find((user) => user.projectRole === "MEMBER"),
  viewer: ({ users }: Demo) => users.find((user) => user.projectRole === "VIEWER"),
  guest: ({ users }: Demo) => users.find((user) => user.projectRole === null),
};

export type Persona = keyof typeof personas;
