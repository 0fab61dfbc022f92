import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { groupSchema } from "@/lib/triage/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/groups/{groupId}",
    access: "project.read",
    summary: "A failure group, as a run shows it. One that was merged into another answers with that one.",
    query: z.object({ runId: z.string().optional().describe("Without it, the run that the group was last seen in.") }),
    response: groupSchema,
  },
} satisfies Record<string, RouteContract>;
