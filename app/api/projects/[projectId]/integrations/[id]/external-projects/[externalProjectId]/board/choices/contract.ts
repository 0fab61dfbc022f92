import { z } from "zod";
import type { RouteContract } from "@/lib/contract";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/integrations/{id}/external-projects/{externalProjectId}/board/choices",
    access: "project.manage",
    summary: "The boards that the credential reaches, narrowed by `q`; `cursor` is the `next` of the page before.",
    query: z.object({ q: z.string().trim().max(200).default(""), cursor: z.string().max(2_000).optional() }),
    response: z.object({
      boards: z.array(z.object({ id: z.string(), name: z.string() })),
      next: z.string().nullable(),
    }),
  },
} satisfies Record<string, RouteContract>;
