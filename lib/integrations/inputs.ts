import { z } from "zod";
import { idSchema } from "@/lib/db/ids";
import { providerIds } from "@/lib/trackers/registry";

/** A token travels in a header, so it is visible ASCII; the spaces around a pasted one are not part of it. */
const secret = z
  .string("Enter the token.")
  .trim()
  .min(1, "Enter the token.")
  .max(4096, "This is too long to be a token.")
  .regex(/^[\x21-\x7e]*$/, "A token has no spaces and no special characters. Copy it again.");

const provider = z.enum(providerIds, { message: "Choose a tracker." });
const authType = z.string().max(40).default("pat");
const name = z.string("Give it a name.").trim().min(1, "Give it a name.").max(80, "Use at most 80 characters.");
const baseUrl = z
  .string("Enter the address.")
  .trim()
  .min(1, "Enter the address.")
  .max(500, "This address is too long.");
const label = z.string().trim().min(1).max(50, "A label has at most 50 characters.");

/** An empty field of a form means "leave it as it is". */
const keptSecret = z.preprocess((value) => (value === "" ? undefined : value), secret.optional());

export const connectInput = z.object({ provider, name, baseUrl, authType, secret });
// A misspelt field must not look as if it had been changed.
export const editInput = z.strictObject({ name: name.optional(), baseUrl: baseUrl.optional(), secret: keptSecret });
export const testNewInput = z.object({ provider, baseUrl, authType, secret });
export const testStoredInput = z.object({ integrationId: idSchema, baseUrl: baseUrl.optional(), secret: keptSecret });

export const assignInput = z.object({ integrationId: idSchema });
/** By the key that people type, or by the immutable id that a list gave. */
export const projectInput = z.union([
  z.object({ remoteId: z.string().trim().min(1).max(200) }),
  z.object({ key: z.string().trim().min(1, "Enter its name.").max(300) }),
]);
export const assignmentInput = z.object({
  isPrimary: z
    .literal(true, "Another integration becomes primary in its place; it cannot just be taken away.")
    .optional(),
  active: z.boolean().optional(),
  addProductLabel: z.boolean().optional(),
  defaultLabels: z.array(label).max(20, "Use at most 20 labels.").optional(),
});

export type ConnectInput = z.output<typeof connectInput>;
export type EditInput = z.output<typeof editInput>;
export type TestInput = z.output<typeof testNewInput> | z.output<typeof testStoredInput>;
export type ProjectInput = z.output<typeof projectInput>;
export type AssignmentInput = z.output<typeof assignmentInput>;
