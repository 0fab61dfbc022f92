import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { integrationDetailAnswer } from "@/lib/integrations/answers";
import { editInput } from "@/lib/integrations/inputs";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/integrations/{id}",
    access: "admin",
    summary: "One integration with the projects that use it.",
    response: z.object({ integration: integrationDetailAnswer }),
  },
  PUT: {
    method: "PUT",
    path: "/api/integrations/{id}",
    access: "admin",
    summary: "Changes what is given. No secret keeps the stored one; another address demands it again.",
    body: editInput,
    response: z.object({ integration: integrationDetailAnswer }),
    audit: "integration.edited",
  },
} satisfies Record<string, RouteContract>;
