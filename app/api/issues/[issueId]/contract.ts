import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { linkedIssueSchema } from "@/lib/issues/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/issues/{issueId}",
    access: { user: "read" },
    summary: "An issue with its links in the projects that you are in.",
    response: z.object({ issue: linkedIssueSchema }),
  },
} satisfies Record<string, RouteContract>;
