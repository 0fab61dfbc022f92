import { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { countReading } from "@/lib/integrations/count-reading";
import { askTracker } from "@/lib/integrations/metadata";
import { countAttempt } from "@/lib/limits";
import { field, fieldValue, issueForm, issueTypes } from "@/lib/trackers/form-schema";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";
import type { FieldValue, IssueForm, IssueType } from "@/lib/trackers/tracker";
import { findLastChoice, type LastChoice } from "./last-choice";
import { type FormAt, placeOf } from "./options";
import { readValue } from "./read-value";
import { findType, usualType } from "./types";

/** The tracker's own form, as the page draws it. */
export const trackerFormSchema = z.object({
  project: z.object({ remoteId: z.string(), key: z.string() }),
  /** Null: there is but one kind of issue. */
  types: issueTypes.nullable(),
  typeId: z.string().nullable(),
  /** In the tracker's order. */
  fields: z.array(field.omit({ wire: true })),
  /** What the person chose last, by field; each a value that still can be chosen. */
  values: z.record(z.string(), fieldValue),
  hasText: z.boolean(),
  labels: issueForm.shape.labels,
  /** Labels can be looked for at the tracker. */
  searchesLabels: z.boolean(),
  fetchedAt: z.iso.datetime(),
});
export type TrackerForm = z.infer<typeof trackerFormSchema>;

const reloadsPerMinute = 20;

const anyForm: IssueForm = { fields: [], textField: null, labels: "free" };

/**
 * The form of a place and type: the type that is named, else the person's last, the place's own or the tracker's first.
 * `reload` asks the tracker anew, for whoever has just changed something there.
 */
export async function getTrackerForm(member: Member, at: FormAt, { reload = false } = {}) {
  await countReading(member);
  if (reload) await countAttempt(`reload:${member.tokenId ?? member.userId}`, reloadsPerMinute, 60);
  const { assignment, target, eyes, project } = await placeOf(member, at);
  const last = await findLastChoice(member, {
    integrationId: assignment.integration.id,
    externalProjectId: target.remoteId,
  });
  const offers = offersOf(trackerOf(assignment.integration.provider));
  const anew = { anew: reload };
  const types = offers.listTypes ? (await askTracker(eyes, "types", { project }, anew)).answer : null;
  const wanted = [at.typeId, last?.typeId];
  const type = types && (chosenType(types, wanted) ?? usualType(types, target));
  const asked = { project, typeId: type?.id ?? null };
  const known = offers.getForm ? await askTracker(eyes, "form", asked, anew) : null;
  const form = known?.answer ?? anyForm;
  return {
    project,
    types,
    typeId: asked.typeId,
    fields: form.fields.map(({ wire: _, ...rest }) => rest),
    values: lastValues(form, last),
    hasText: known?.answer ? form.textField !== null : true,
    labels: form.labels,
    searchesLabels: offers.listLabels !== undefined && form.labels !== "none",
    fetchedAt: (known?.fetchedAt ?? new Date()).toISOString(),
  };
}

const chosenType = (types: readonly IssueType[], wanted: readonly (string | null | undefined)[]): IssueType | null => {
  for (const id of wanted) {
    const type = id ? findType(types, id) : null;
    if (type) return type;
  }
  return null;
};

/** A choice that is gone from the tracker is not offered as if it were there. */
function lastValues({ fields }: IssueForm, last: LastChoice | null): Record<string, FieldValue> {
  const entries = fields.flatMap((one) => {
    const read = last?.fields[one.id] === undefined ? null : readValue(one, last.fields[one.id]);
    return read && "value" in read && read.value !== null ? [[one.id, read.value] as const] : [];
  });
  return Object.fromEntries(entries);
}
