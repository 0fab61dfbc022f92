import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { WorkspaceRole } from "@/lib/db/generated/enums";

const path = "/api/members/{userId}";

export const contract = {
  PATCH: {
    method: "PATCH",
    path,
    access: "admin",
    summary: "Gives a member of the workspace another role. The last administrator stays one.",
    body: z.object({ role: z.enum(WorkspaceRole) }),
    status: 204,
    audit: "member.role_changed",
  },
  DELETE: {
    method: "DELETE",
    path,
    access: "admin",
    summary: "Takes a person out of the workspace; their tokens and sessions in it end.",
    status: 204,
    audit: "member.removed",
  },
} satisfies Record<string, RouteContract>;
