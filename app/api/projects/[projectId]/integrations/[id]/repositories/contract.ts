import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { repositoryAnswer } from "@/lib/integrations/answers";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/integrations/{id}/repositories",
    access: "project.manage",
    summary:
      "The repositories or projects that the credential reaches, narrowed by `q`; `cursor` is the `next` of the page before.",
    query: z.object({ q: z.string().trim().max(200).default(""), cursor: z.string().max(2_000).optional() }),
    response: z.object({ repositories: z.array(repositoryAnswer), next: z.string().nullable() }),
  },
} satisfies Record<string, RouteContract>;
