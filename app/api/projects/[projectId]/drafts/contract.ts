import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { draftInput, formInput } from "@/lib/issues/inputs";
import { draftSchema, formSchema } from "@/lib/issues/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/drafts",
    access: "issues.create",
    summary: "Where an issue for a result, or for its whole failure group, can go, and the integration to start with.",
    query: formInput,
    response: formSchema,
  },
  PUT: {
    method: "PUT",
    path: "/api/projects/{projectId}/drafts",
    access: "issues.create",
    summary:
      "Your draft for a result, or for its whole failure group, and integration; the first time, one that the failure fills in. With `content` it is saved over the version that was read; `saved: false` brings what another tab or device wrote meanwhile.",
    body: draftInput,
    response: z.object({ saved: z.boolean(), draft: draftSchema }),
    audit: "draft.started",
  },
} satisfies Record<string, RouteContract>;
