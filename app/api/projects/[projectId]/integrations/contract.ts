import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { assignmentAnswer } from "@/lib/integrations/answers";
import { assignInput } from "@/lib/integrations/inputs";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/integrations",
    access: "project.read",
    summary: "What the project creates and links issues through, the primary one first.",
    response: z.object({ integrations: z.array(assignmentAnswer) }),
  },
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/integrations",
    access: "project.manage",
    summary: "Assigns an integration to the project.",
    body: assignInput,
    response: z.object({ integration: z.object({ id: z.string() }) }),
    status: 201,
    creates: "once",
    audit: "assignment.created",
  },
} satisfies Record<string, RouteContract>;
