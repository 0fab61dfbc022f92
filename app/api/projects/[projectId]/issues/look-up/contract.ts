import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { lookUpInput } from "@/lib/issues/inputs";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/issues/look-up",
    access: "issues.link",
    summary: "What a pasted key or address means, in the assigned repositories.",
    query: lookUpInput,
    response: z.object({
      issue: z.object({
        key: z.string(),
        url: z.string(),
        title: z.string(),
        state: z.string(),
        category: z.enum(["open", "in_progress", "done"]),
        assignee: z.string().nullable(),
      }),
    }),
  },
} satisfies Record<string, RouteContract>;
