import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { ProjectRole } from "@/lib/db/generated/enums";

const path = "/api/projects/{projectId}/members/{userId}";

export const contract = {
  PATCH: {
    method: "PATCH",
    path,
    access: "project.manage",
    summary: "Gives a person of the project another role.",
    body: z.object({ role: z.enum(ProjectRole) }),
    status: 204,
    audit: "project_member.role_changed",
  },
  DELETE: {
    method: "DELETE",
    path,
    access: "project.manage",
    summary: "Takes a person out of the project.",
    status: 204,
    audit: "project_member.removed",
  },
} satisfies Record<string, RouteContract>;
