import { z } from "zod";
import type { ActionContract } from "@/lib/contract";
import { idSchema } from "@/lib/db/ids";
import { connectInput, editInput, testNewInput, testStoredInput } from "@/lib/integrations/inputs";

const one = z.object({ integrationId: idSchema });

export const contract = {
  testNew: {
    access: "admin",
    summary: "Tests a credential that is being entered.",
    input: testNewInput,
    audit: "integration.tested",
  },
  testStored: {
    access: "admin",
    summary: "Tests an integration, with its stored credential when none is entered.",
    input: testStoredInput,
    audit: "integration.tested",
  },
  connect: {
    access: "admin",
    summary: "Adds an integration.",
    input: connectInput,
    audit: "integration.connected",
  },
  edit: {
    access: "admin",
    summary: "Changes an integration; an empty secret keeps the stored one.",
    input: editInput.extend(one.shape),
    audit: "integration.edited",
  },
  disable: {
    access: "admin",
    summary: "Stops everything that goes out to the tracker.",
    input: one,
    audit: "integration.disabled",
  },
  enable: {
    access: "admin",
    summary: "Takes a disabled integration back into use.",
    input: one,
    audit: "integration.enabled",
  },
  remove: {
    access: "admin",
    summary: "Deletes an integration that never brought forth an issue.",
    input: one.extend({ isConfirmed: z.boolean() }),
    audit: "integration.deleted",
  },
} satisfies Record<string, ActionContract>;
