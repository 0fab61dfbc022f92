import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { integrationAnswer } from "@/lib/integrations/answers";
import { connectInput } from "@/lib/integrations/inputs";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/integrations",
    access: "admin",
    summary: "The workspace's integrations.",
    response: z.object({ integrations: z.array(integrationAnswer.extend({ projects: z.number() })) }),
  },
  POST: {
    method: "POST",
    path: "/api/integrations",
    access: "admin",
    summary: "Adds an integration with a shared credential, after asking the tracker whose it is.",
    body: connectInput,
    response: z.object({ integration: z.object({ id: z.string() }) }),
    status: 201,
    creates: "once",
    audit: "integration.connected",
  },
} satisfies Record<string, RouteContract>;
