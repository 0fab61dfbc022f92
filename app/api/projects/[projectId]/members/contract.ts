import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { ProjectRole } from "@/lib/db/generated/enums";
import { idSchema } from "@/lib/db/ids";
import { projectMemberAnswer } from "@/lib/projects/answers";

const path = "/api/projects/{projectId}/members";

export const contract = {
  GET: {
    method: "GET",
    path,
    access: "project.manage",
    summary: "The people of a project. The workspace's administrators act in it without being listed.",
    response: z.object({ members: z.array(projectMemberAnswer) }),
  },
  POST: {
    method: "POST",
    path,
    access: "project.manage",
    summary: "Adds a member of the workspace to the project.",
    body: z.object({ userId: idSchema, role: z.enum(ProjectRole) }),
    status: 204,
    creates: "once",
    audit: "project_member.added",
  },
} satisfies Record<string, RouteContract>;
