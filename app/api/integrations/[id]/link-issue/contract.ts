import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { linkInput } from "@/lib/issues/inputs";
import { linkedIssueSchema } from "@/lib/issues/shapes";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/integrations/{id}/link-issue",
    access: "issues.link",
    summary:
      "Links an issue of an assigned repository, by key or address, to a result, a case, or a failure group as a whole.",
    body: linkInput,
    response: z.object({
      issue: linkedIssueSchema,
      linkId: z.uuid(),
      outcome: z.enum(["linked", "already_linked"]),
    }),
    creates: "resumable",
    audit: "issue.linked",
  },
} satisfies Record<string, RouteContract>;
