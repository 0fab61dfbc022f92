import { z } from "zod";
import type { RouteContract } from "@/lib/contract";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/health/live",
    access: "public",
    summary: "The process answers.",
    response: z.object({ status: z.literal("ok") }),
  },
} satisfies Record<string, RouteContract>;
