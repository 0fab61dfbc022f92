import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { unlinkInput } from "@/lib/issues/inputs";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/issues/{issueId}/unlink",
    access: "issues.link",
    summary:
      "Takes an issue off a result, a case, or a failure group with all of its results; the issue itself stays as it is.",
    body: unlinkInput,
    response: z.object({ removed: z.number() }),
    audit: "issue.unlinked",
  },
} satisfies Record<string, RouteContract>;
