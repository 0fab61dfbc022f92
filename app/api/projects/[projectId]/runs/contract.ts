import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { runsInput } from "@/lib/results/inputs";
import { runRowSchema } from "@/lib/results/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/runs",
    access: "project.read",
    summary: "The runs of a project that match, newest first, each with how many problems it has.",
    query: runsInput,
    response: z.object({ runs: z.array(runRowSchema), next: z.string().nullable() }),
  },
} satisfies Record<string, RouteContract>;
