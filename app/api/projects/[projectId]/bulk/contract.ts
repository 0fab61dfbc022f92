import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { bulkStartInput, bulksInput } from "@/lib/issues/bulk/inputs";
import { bulksPageSchema } from "@/lib/issues/bulk/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/bulk",
    access: "project.read",
    summary: "The bulk creations of a run, or of the project, newest first.",
    query: bulksInput,
    response: bulksPageSchema,
  },
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/bulk",
    access: "issues.create",
    summary:
      "Makes issues of many failures of a run, in one job. What has an issue, or is on its way to one, is left out; so are muted and flaky failures that were not chosen by hand.",
    body: bulkStartInput,
    response: z.object({ bulk: z.object({ id: z.uuid(), total: z.number() }) }),
    status: 202,
    creates: "resumable",
    audit: "bulk.requested",
  },
} satisfies Record<string, RouteContract>;
