import { z } from "zod";
import { passwordChangeInput, profileInput } from "@/lib/auth/profile";
import { tokenInput } from "@/lib/auth/tokens";
import type { ActionContract } from "@/lib/contract";
import { idSchema } from "@/lib/db/ids";

const mine = { access: { user: "read" } } as const;

export const contract = {
  rename: { ...mine, summary: "Changes one's own name.", input: profileInput, audit: "account.renamed" },
  changePassword: {
    ...mine,
    summary: "Changes one's own password and signs out the other browsers.",
    input: passwordChangeInput,
    audit: "account.password_changed",
  },
  switchTo: {
    ...mine,
    summary: "Works in another of one's workspaces.",
    input: z.object({ workspaceId: idSchema }),
    audit: "session.switched",
  },
  endSession: {
    ...mine,
    summary: "Signs one browser out.",
    input: z.object({ sessionId: idSchema }),
    audit: "session.revoked",
  },
  signOut: {
    ...mine,
    summary: "Signs this browser out.",
    input: z.object({}),
    audit: "session.revoked",
  },
  signOutEverywhere: {
    ...mine,
    summary: "Signs every browser out, this one too.",
    input: z.object({}),
    audit: "session.revoked",
  },
  createToken: {
    ...mine,
    summary: "Makes an API token; it is answered once.",
    // A form sends text, and each ticked box as one of the list.
    input: tokenInput.extend({
      scopes: z.preprocess((given) => (Array.isArray(given) ? given : [given]), tokenInput.shape.scopes),
      expiresInDays: z.preprocess((days) => (days === "never" ? null : Number(days)), tokenInput.shape.expiresInDays),
    }),
    audit: "token.created",
  },
  revokeToken: {
    ...mine,
    summary: "Ends one of one's API tokens.",
    input: z.object({ tokenId: idSchema }),
    audit: "token.revoked",
  },
} satisfies Record<string, ActionContract>;
