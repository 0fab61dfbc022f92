import { z } from "zod";
import type { ActionContract } from "@/lib/contract";
import { WorkspaceRole } from "@/lib/db/generated/enums";
import { idSchema } from "@/lib/db/ids";
import { invitationInput } from "@/lib/workspaces/invitations";

const person = z.object({ userId: idSchema });

export const contract = {
  invite: {
    access: "admin",
    summary: "Makes an invitation; its link is answered once.",
    input: invitationInput,
    audit: "invitation.created",
  },
  revoke: {
    access: "admin",
    summary: "Takes an invitation back.",
    input: z.object({ invitationId: idSchema }),
    audit: "invitation.revoked",
  },
  changeRole: {
    access: "admin",
    summary: "Gives a member of the workspace another role.",
    input: person.extend({ role: z.enum(WorkspaceRole) }),
    audit: "member.role_changed",
  },
  remove: {
    access: "admin",
    summary: "Takes a person out of the workspace.",
    input: person,
    audit: "member.removed",
  },
} satisfies Record<string, ActionContract>;
