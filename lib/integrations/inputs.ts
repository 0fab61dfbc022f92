import { z } from "zod";
import { idSchema } from "@/lib/db/ids";
import { providerIds } from "@/lib/trackers/registry";

const provider = z.enum(providerIds, { message: "Choose a tracker." });
const authType = z.string("Choose how Faultline signs in.").min(1, "Choose how Faultline signs in.").max(40);
/** Values by the name of their field. Which fields there are is the tracker's to say: see read-credential.ts. */
const credential = z
  .record(z.string().max(40), z.string().max(8192, "This is too long."), "Enter the credential.")
  .refine((values) => Object.keys(values).length <= 10, "There are not that many fields.");
const name = z.string("Give it a name.").trim().min(1, "Give it a name.").max(80, "Use at most 80 characters.");
const baseUrl = z
  .string("Enter the address.")
  .trim()
  .min(1, "Enter the address.")
  .max(500, "This address is too long.");
const label = z.string().trim().min(1).max(50, "A label has at most 50 characters.");

/** What is shown again in the form is gone when its field is empty. */
const emptied = (text: string | null) => (text === "" ? null : text);
/** The way to it, where the usual one does not lead there: see way.ts. Null takes away; what is left out stays. */
const way = {
  caCertificate: z.string().trim().max(65_536, "These are too many certificates.").nullable().transform(emptied),
  tlsFingerprint: z.string().trim().max(200, "This is no fingerprint.").nullable().transform(emptied),
  proxy: z.string().trim().max(500, "This address is too long.").nullable(),
};
const wayInput = z.object(way).partial();

export const connectInput = z.object({ provider, name, baseUrl, authType, credential, ...wayInput.shape });
// A misspelt field must not look as if it had been changed.
export const editInput = z.strictObject({
  name: name.optional(),
  baseUrl: baseUrl.optional(),
  authType: authType.optional(),
  credential: credential.optional(),
  ...wayInput.shape,
});
export const testNewInput = z.object({ provider, baseUrl, authType, credential, ...wayInput.shape });
export const testStoredInput = z.object({ integrationId: idSchema, ...editInput.omit({ name: true }).shape });

/** What a person sees of an address or a certificate while typing it. */
export const previewInput = z.object({ provider, baseUrl: z.string().trim().max(500) });
export const certificateInput = z.object({ caCertificate: way.caCertificate });

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
/** Null: the type that the tracker would take; whether files are uploaded is left to whether the project is public. */
export const externalProjectInput = z.strictObject({
  defaultTypeId: z.string().min(1).max(200).nullable().optional(),
  uploadsFiles: z.boolean().nullable().optional(),
});

export type ConnectInput = z.output<typeof connectInput>;
export type EditInput = z.output<typeof editInput>;
export type TestNewInput = z.output<typeof testNewInput>;
export type TestStoredInput = z.output<typeof testStoredInput>;
export type TestInput = TestNewInput | TestStoredInput;
export type WayInput = z.output<typeof wayInput>;
export type ProjectInput = z.output<typeof projectInput>;
export type AssignmentInput = z.output<typeof assignmentInput>;
export type ExternalProjectInput = z.output<typeof externalProjectInput>;
