import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { WorkspaceRole } from "@/lib/db/generated/enums";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/members",
    access: "admin",
    summary: "The people of the workspace.",
    response: z.object({
      members: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          email: z.string(),
          role: z.enum(WorkspaceRole),
          createdAt: z.date(),
        }),
      ),
    }),
  },
} satisfies Record<string, RouteContract>;
