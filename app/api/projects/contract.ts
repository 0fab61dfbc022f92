import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { ProjectRole } from "@/lib/db/generated/enums";
import { projectAnswer } from "@/lib/projects/answers";
import { newProjectInput } from "@/lib/projects/input";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects",
    access: { user: "read" },
    summary: "The projects that the caller may see, with the caller's role; ?archived=true for those put away.",
    query: z.object({ archived: z.enum(["true", "false"]).default("false") }),
    response: z.object({ projects: z.array(projectAnswer.extend({ role: z.enum(ProjectRole) })) }),
  },
  POST: {
    method: "POST",
    path: "/api/projects",
    access: "admin",
    summary: "Makes a project with the caller as its administrator.",
    body: newProjectInput,
    response: z.object({ project: z.object({ id: z.string() }) }),
    status: 201,
    creates: "once",
    audit: "project.created",
  },
} satisfies Record<string, RouteContract>;
