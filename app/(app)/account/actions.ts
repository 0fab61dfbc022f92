"use server";

import { redirect } from "next/navigation";
import type { z } from "zod";
import { clearSessionCookie } from "@/lib/auth/cookie";
import { requireSession } from "@/lib/auth/gates";
import { changeName, changePassword as changeOwnPassword } from "@/lib/auth/profile";
import { revokeAllSessions, revokeSession } from "@/lib/auth/sessions";
import { createApiToken, revokeApiToken } from "@/lib/auth/tokens";
import { type Attempt, attempt } from "@/lib/boundary";
import { switchWorkspace } from "@/lib/workspaces/switch";
import { contract } from "./actions.contract";

type Input<K extends keyof typeof contract> = z.input<(typeof contract)[K]["input"]>;
type Made = { token: string; expiresAt: Date | null };

export async function rename(_previous: Attempt<void> | null, form: FormData): Promise<Attempt<void>> {
  return attempt(contract.rename, Object.fromEntries(form), async ({ name }) =>
    changeName(await requireSession(), name),
  );
}

export async function changePassword(_previous: Attempt<void> | null, form: FormData): Promise<Attempt<void>> {
  return attempt(contract.changePassword, Object.fromEntries(form), async (input) =>
    changeOwnPassword(await requireSession(), input),
  );
}

export async function switchTo(input: Input<"switchTo">) {
  return attempt(contract.switchTo, input, async ({ workspaceId }) =>
    switchWorkspace(await requireSession(), workspaceId),
  );
}

export async function endSession(input: Input<"endSession">) {
  return attempt(contract.endSession, input, async ({ sessionId }) => revokeSession(await requireSession(), sessionId));
}

export async function signOut() {
  const result = await attempt(contract.signOut, {}, async () => {
    const actor = await requireSession();
    await revokeSession(actor, actor.sessionId ?? "");
    await clearSessionCookie();
  });
  // A session that is over already leads to the same page.
  if (!result.ok && result.error.kind !== "unauthenticated") return result;
  redirect("/sign-in");
}

export async function signOutEverywhere(input: Input<"signOutEverywhere">) {
  const result = await attempt(contract.signOutEverywhere, input, async () => {
    await revokeAllSessions(await requireSession());
    await clearSessionCookie();
  });
  if (!result.ok) return result;
  redirect("/sign-in");
}

export async function createToken(_previous: Attempt<Made> | null, form: FormData): Promise<Attempt<Made>> {
  const input = { ...Object.fromEntries(form), scopes: form.getAll("scopes") };
  return attempt(contract.createToken, input, async (parsed) => createApiToken(await requireSession(), parsed));
}

export async function revokeToken(input: Input<"revokeToken">) {
  return attempt(contract.revokeToken, input, async ({ tokenId }) => revokeApiToken(await requireSession(), tokenId));
}
