import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { assessGroupsInput } from "@/lib/triage/inputs";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/groups/assess",
    access: "failures.triage",
    audit: "group.assessed",
    summary: "Sets the severity or the assessment of up to 500 failure groups, all of them or none.",
    body: assessGroupsInput,
    response: z.object({ changed: z.number() }),
  },
} satisfies Record<string, RouteContract>;
