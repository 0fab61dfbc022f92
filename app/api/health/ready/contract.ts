import { z } from "zod";
import type { RouteContract } from "@/lib/contract";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/health/ready",
    access: "public",
    summary: "The process can serve: the database answers and is migrated.",
    response: z.object({ status: z.literal("ok") }),
  },
} satisfies Record<string, RouteContract>;
