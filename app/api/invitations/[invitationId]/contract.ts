import type { RouteContract } from "@/lib/contract";

export const contract = {
  DELETE: {
    method: "DELETE",
    path: "/api/invitations/{invitationId}",
    access: "admin",
    summary: "Takes an open invitation back.",
    status: 204,
    audit: "invitation.revoked",
  },
} satisfies Record<string, RouteContract>;
