import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { subjectInput } from "@/lib/issues/inputs";
import { creationSchema, linkedIssueSchema } from "@/lib/issues/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/issues",
    access: "project.read",
    summary:
      "The issues of a result, a case, a run or a failure group, and the creations for it that are not done. A result and a case have those too that cover their failure groups; a run has those that were created or linked from it.",
    query: subjectInput,
    response: z.object({
      issues: z.array(linkedIssueSchema),
      creations: z.array(creationSchema),
      /** No tracker of the project takes new issues from here. */
      isLinkedOnly: z.boolean(),
    }),
  },
} satisfies Record<string, RouteContract>;
