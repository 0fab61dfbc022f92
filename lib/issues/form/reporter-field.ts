import { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { isKind } from "@/lib/errors";
import { countReading } from "@/lib/integrations/count-reading";
import { askTracker, eyesOf, recall } from "@/lib/integrations/metadata";
import type { Field, SetField } from "@/lib/trackers/tracker";
import type { Creation } from "../creation/read";
import { outgoingMask } from "../outgoing-mask";
import { findReporter, type Reporter, reporterSchema } from "../reporter";
import { setFieldsOf } from "../set-fields";
import { type FormAt, formOf } from "./options";

/** In whose name an issue will be filed, and why. */
export const reporterFormSchema = z.object({
  /** The field of the form that says it; null: this form has none, and the key's owner it is. */
  fieldId: z.string().nullable(),
  /** Null: nobody's account without a doubt. */
  account: z.object({ id: z.string(), name: z.string() }).nullable(),
  by: z.enum(["email", "name", "hand"]).nullable(),
});
export type ReporterForm = z.infer<typeof reporterFormSchema>;

const reporterOf = (fields: readonly Field[] | undefined) => fields?.find(({ role }) => role === "reporter") ?? null;

/** Who it will be, for the form of a place and type. */
export async function getReporterForm(member: Member, at: FormAt): Promise<ReporterForm> {
  await countReading(member);
  const { eyes, project, typeId } = await formOf(member, at);
  const { answer } = await askTracker(eyes, "form", { project, typeId });
  const field = reporterOf(answer?.fields);
  if (!field) return { fieldId: null, account: null, by: null };
  const match = await findReporter(member, eyes, project).catch((error: unknown) => {
    // Too many accounts to look through: nobody's without a doubt.
    if (isKind(error, "too_large")) return null;
    throw error;
  });
  return { fieldId: field.id, account: match && { id: match.id, name: match.name }, by: match?.by ?? null };
}

/**
 * Whose name a creation will bear where nobody has named one: found out once, before it is sent. Soft: an issue with the
 * key's owner as its reporter is better than none.
 */
export async function chooseReporter(creation: Creation): Promise<Reporter | null> {
  const { workspaceId, integrationId, externalProjectId: remoteId, externalProjectKey: key, typeId } = creation;
  const known = reporterSchema.safeParse(creation.reporter);
  if (known.success) return known.data;
  const eyes = await eyesOf(workspaceId, integrationId).catch(() => null);
  if (!eyes) return null;
  const form = await recall(eyes, "form", { project: { remoteId, key }, typeId });
  const field = reporterOf(form?.answer?.fields);
  if (!field || setFieldsOf(creation).some(({ id }) => id === field.id)) return null;
  const person = await prisma.user.findUnique({
    where: { id: creation.requestedById },
    select: { id: true, name: true, email: true },
  });
  if (!person) return null;
  try {
    const match = await findReporter({ ...person, userId: person.id }, eyes, { remoteId, key });
    return match && { id: match.id, name: match.name, by: match.by, isRefused: false };
  } catch (error) {
    if (isKind(error, "internal")) throw error;
    return null;
  }
}

/** What is sent of it, with what the person has set, in whose texts secrets are masked as in the issue's own. */
export async function fieldsToSend(creation: Creation): Promise<SetField[]> {
  const set = await withoutSecrets(creation, setFieldsOf(creation));
  const { data: reporter } = reporterSchema.safeParse(creation.reporter);
  if (!reporter || reporter.isRefused) return set;
  const { workspaceId, integrationId, externalProjectId: remoteId, externalProjectKey: key, typeId } = creation;
  const eyes = await eyesOf(workspaceId, integrationId);
  const form = await recall(eyes, "form", { project: { remoteId, key }, typeId });
  const field = reporterOf(form?.answer?.fields);
  if (!field || set.some(({ id }) => id === field.id)) return set;
  const { id, name, kind, role, wire } = field;
  return [...set, { id, name, kind, role, wire, value: { id: reporter.id, name: reporter.name } }];
}

/** Written by a person; of a choice the id is sent, and that is the tracker's own. */
const written: readonly Field["kind"][] = ["text", "paragraph", "url"];

async function withoutSecrets(creation: Creation, fields: readonly SetField[]): Promise<SetField[]> {
  const mask = await outgoingMask(creation);
  return fields.map((field) =>
    typeof field.value === "string" && written.includes(field.kind) ? { ...field, value: mask(field.value) } : field,
  );
}
