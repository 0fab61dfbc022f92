import { z } from "zod";
import type { RouteContract } from "@/lib/contract";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/group-changes/{changeId}/undo",
    access: "failures.triage",
    audit: "group.change_undone",
    summary: "Takes a merge or a split of failure groups back, unless a later one stands in the way.",
    response: z.object({ groupIds: z.array(z.uuid()) }),
  },
} satisfies Record<string, RouteContract>;
