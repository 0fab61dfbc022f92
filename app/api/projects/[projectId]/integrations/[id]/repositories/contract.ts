import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { repositoryAnswer } from "@/lib/integrations/answers";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/integrations/{id}/repositories",
    access: "project.manage",
    summary: "The first 100 repositories or projects that the credential reaches, narrowed by `q`.",
    query: z.object({ q: z.string().trim().max(200).default("") }),
    response: z.object({ repositories: z.array(repositoryAnswer), hasMore: z.boolean() }),
  },
} satisfies Record<string, RouteContract>;
