"use server";

import type { z } from "zod";
import { requireAdmin } from "@/lib/auth/gates";
import { type Attempt, attempt } from "@/lib/boundary";
import { createInvitation, revokeInvitation } from "@/lib/workspaces/invitations";
import { changeMemberRole, removeMember } from "@/lib/workspaces/members";
import { contract } from "./actions.contract";

type Input<K extends keyof typeof contract> = z.input<(typeof contract)[K]["input"]>;
type Invited = { url: string; expiresAt: Date };

export async function invite(_previous: Attempt<Invited> | null, form: FormData): Promise<Attempt<Invited>> {
  return attempt(contract.invite, Object.fromEntries(form), async (input) => {
    const { url, expiresAt } = await createInvitation(await requireAdmin(), input);
    return { url, expiresAt };
  });
}

export async function revoke(input: Input<"revoke">) {
  return attempt(contract.revoke, input, async ({ invitationId }) =>
    revokeInvitation(await requireAdmin(), invitationId),
  );
}

export async function changeRole(input: Input<"changeRole">) {
  return attempt(contract.changeRole, input, async ({ userId, role }) =>
    changeMemberRole(await requireAdmin(), userId, role),
  );
}

export async function remove(input: Input<"remove">) {
  return attempt(contract.remove, input, async ({ userId }) => removeMember(await requireAdmin(), userId));
}
