import { z } from "zod";
import { credentialsInput, personInput } from "@/lib/auth/input";
import { safePath } from "@/lib/auth/next-path";
import type { ActionContract } from "@/lib/contract";
import { signUpInput } from "@/lib/workspaces/sign-up";

const token = z.string().min(1).max(100);

export const contract = {
  signIn: {
    access: "public",
    summary: "Signs in with e-mail and password; with an invitation, accepts it too.",
    input: credentialsInput.extend({
      next: z.unknown().transform(safePath),
      invitation: token.optional(),
    }),
    audit: "session.created",
  },
  signUp: {
    access: "public",
    summary: "Makes an account and its workspace.",
    input: signUpInput,
    audit: "workspace.created",
  },
  acceptAsNew: {
    access: "public",
    summary: "Accepts an invitation with a new account.",
    input: personInput.extend({ token }),
    audit: "invitation.accepted",
  },
  acceptAsMe: {
    access: { user: "read" },
    summary: "Accepts an invitation as the person who is signed in.",
    input: z.object({ token }),
    audit: "invitation.accepted",
  },
} satisfies Record<string, ActionContract>;
