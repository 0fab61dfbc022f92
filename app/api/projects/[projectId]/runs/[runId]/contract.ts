import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { runSchema } from "@/lib/results/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/runs/{runId}",
    access: "project.read",
    summary: "One run with its totals.",
    response: z.object({ run: runSchema }),
  },
} satisfies Record<string, RouteContract>;
