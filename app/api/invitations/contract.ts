import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { ProjectRole, WorkspaceRole } from "@/lib/db/generated/enums";
import { invitationInput } from "@/lib/workspaces/invitations";

const invitation = z.object({
  id: z.string(),
  email: z.string().nullable(),
  workspaceRole: z.enum(WorkspaceRole),
  projectId: z.string().nullable(),
  projectRole: z.enum(ProjectRole).nullable(),
  createdAt: z.date(),
  expiresAt: z.date(),
});

export const contract = {
  GET: {
    method: "GET",
    path: "/api/invitations",
    access: "admin",
    summary: "The invitations that can still be accepted.",
    response: z.object({ invitations: z.array(invitation) }),
  },
  POST: {
    method: "POST",
    path: "/api/invitations",
    access: "admin",
    summary: "Makes an invitation. Its link is answered here and never again.",
    body: invitationInput,
    response: z.object({ invitation: z.object({ id: z.string(), url: z.string(), expiresAt: z.date() }) }),
    status: 201,
    creates: "once",
    audit: "invitation.created",
  },
} satisfies Record<string, RouteContract>;
