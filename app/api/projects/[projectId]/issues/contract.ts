import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { subjectInput } from "@/lib/issues/inputs";
import { creationSchema, linkedIssueSchema } from "@/lib/issues/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/issues",
    access: "project.read",
    summary: "The issues of a result, a case or a run, and the creations for it that are not done.",
    query: subjectInput,
    response: z.object({
      issues: z.array(linkedIssueSchema),
      creations: z.array(creationSchema),
    }),
  },
} satisfies Record<string, RouteContract>;
