import { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { prisma, type Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/ids";
import { fieldValue } from "@/lib/trackers/form-schema";
import type { FieldKind, FieldValue, SetField } from "@/lib/trackers/shapes";

type At = { integrationId: string; externalProjectId: string };

/** What a person chose last for a place, to begin the next form with. */
export type LastChoice = { typeId: string | null; fields: Record<string, FieldValue>; labels: string[] };

// What one chooses is likely to be chosen again; what one writes is of one issue, and so are its parent and its dates.
const chosenKinds: readonly FieldKind[] = ["select", "multi_select", "cascade", "user", "users", "checkbox"];

const fieldsSchema = z.record(z.string(), fieldValue).catch({});

/** Null: the person has filed nothing there yet. */
export async function findLastChoice(member: Member, at: At): Promise<LastChoice | null> {
  const { workspaceId, projectId, userId } = member;
  const last = await prisma.lastChoice.findFirst({
    where: { workspaceId, projectId, userId, ...at },
    select: { typeId: true, fields: true, labels: true },
  });
  return last && { ...last, fields: fieldsSchema.parse(last.fields) };
}

type Chosen = { typeId: string | null; setFields: readonly SetField[]; labels: readonly string[] };

/** Remembers what a person has sent from the form. */
export async function rememberChoice(tx: Tx, member: Member, at: At, chosen: Chosen): Promise<void> {
  const { workspaceId, projectId, userId } = member;
  const fields = Object.fromEntries(
    chosen.setFields.flatMap(({ id, kind, role, value }) =>
      value !== null && role !== "reporter" && chosenKinds.includes(kind) ? [[id, value]] : [],
    ),
  ) as Prisma.InputJsonObject; // values are plain JSON
  const data = { typeId: chosen.typeId, fields, labels: [...chosen.labels] };
  await tx.lastChoice.upsert({
    where: { userId_projectId_integrationId_externalProjectId: { userId, projectId, ...at } },
    create: { id: newId(), workspaceId, projectId, userId, ...at, ...data },
    update: data,
    select: { id: true },
  });
}
