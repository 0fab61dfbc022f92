import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { projectAnswer } from "@/lib/projects/answers";
import { projectChanges } from "@/lib/projects/input";

const path = "/api/projects/{projectId}";
const response = z.object({ project: projectAnswer });

export const contract = {
  GET: { method: "GET", path, access: "project.read", summary: "A project.", response },
  PATCH: {
    method: "PATCH",
    path,
    access: "project.manage",
    summary: "Changes a project's name, description or default branch.",
    body: projectChanges,
    response,
    audit: "project.updated",
  },
} satisfies Record<string, RouteContract>;
