import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { runsInput } from "@/lib/results/inputs";
import { runSchema } from "@/lib/results/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/runs",
    access: "project.read",
    summary: "The runs of a project, newest first.",
    query: runsInput,
    response: z.object({ runs: z.array(runSchema), next: z.string().nullable() }),
  },
} satisfies Record<string, RouteContract>;
