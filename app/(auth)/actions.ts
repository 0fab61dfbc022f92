"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { origin } from "@/lib/auth/actor";
import { setSessionCookie } from "@/lib/auth/cookie";
import { requireSession } from "@/lib/auth/gates";
import { signIn as signInWithPassword } from "@/lib/auth/sign-in";
import { type Attempt, attempt } from "@/lib/boundary";
import { acceptAsNewPerson, acceptAsUser, acceptWithCredentials } from "@/lib/workspaces/accept";
import { signUp as makeAccount } from "@/lib/workspaces/sign-up";
import { contract } from "./actions.contract";

type Previous = Attempt<string> | null;

export async function signIn(_previous: Previous, form: FormData): Promise<Attempt<string>> {
  const result = await attempt(
    contract.signIn,
    Object.fromEntries(form),
    async ({ next, invitation, ...credentials }) => {
      const from = origin(await headers());
      const session = invitation
        ? await acceptWithCredentials(invitation, credentials, from)
        : await signInWithPassword(credentials, from);
      await setSessionCookie(session);
      return next;
    },
  );
  if (!result.ok) return result;
  redirect(result.value);
}

export async function signUp(_previous: Previous, form: FormData): Promise<Attempt<string>> {
  const result = await attempt(contract.signUp, Object.fromEntries(form), async (input) => {
    await setSessionCookie(await makeAccount(input, origin(await headers())));
    return "/projects";
  });
  if (!result.ok) return result;
  redirect(result.value);
}

export async function acceptAsNew(_previous: Previous, form: FormData): Promise<Attempt<string>> {
  const result = await attempt(contract.acceptAsNew, Object.fromEntries(form), async ({ token, ...person }) => {
    await setSessionCookie(await acceptAsNewPerson(token, person, origin(await headers())));
    return "/projects";
  });
  if (!result.ok) return result;
  redirect(result.value);
}

export async function acceptAsMe(_previous: Previous, form: FormData): Promise<Attempt<string>> {
  const result = await attempt(contract.acceptAsMe, Object.fromEntries(form), async ({ token }) => {
    await acceptAsUser(token, await requireSession());
    return "/projects";
  });
  if (!result.ok) return result;
  redirect(result.value);
}
