import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { previewInput } from "@/lib/integrations/inputs";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/integrations/address",
    access: "admin",
    summary:
      "What the address of a tracker leads to: where calls would go, and an issue's address where it is a pattern.",
    query: previewInput,
    response: z.object({
      baseUrl: z.string(),
      example: z.object({ ref: z.string(), url: z.string() }).nullable(),
    }),
  },
} satisfies Record<string, RouteContract>;
