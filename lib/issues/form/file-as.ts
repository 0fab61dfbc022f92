import { AppError } from "@/lib/errors";
import { askTracker, type Eyes, eyesOf, type Known, recall } from "@/lib/integrations/metadata";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";
import type { IssueForm, IssueType, SetField } from "@/lib/trackers/tracker";
import type { Assignment, Target } from "../find-target";
import { type GivenValues, type SetValues, setValues } from "./set-values";
import { findType, refuseType, usualType } from "./types";

/** What an issue is filed as, beside its text. */
export type FiledAs = {
  typeId: string | null;
  typeName: string | null;
  textField: string | null;
  setFields: SetField[];
  /** Null: nobody has seen the form yet. */
  labels: IssueForm["labels"] | null;
};

type Wanted = {
  type?: string | null | undefined;
  fields?: GivenValues | undefined;
  /** The tracker is asked for a form that nobody has seen, whatever is named. */
  mayAsk?: boolean;
};
type Place = { workspaceId: string; assignment: Assignment; target: Target };

// A refusal by a form that was read just now stands; by an older one it is read anew first.
const newMs = 5_000;

/**
 * The type and the values that are asked for, judged by the tracker's own form before anything is begun. The form that
 * is known is taken; the tracker is asked only where somebody names a type or a field of a form that nobody has seen.
 */
export async function fileAs(place: Place, wanted: Wanted): Promise<FiledAs> {
  const { assignment, target } = place;
  const offers = offersOf(trackerOf(assignment.integration.provider));
  const names = { type: wanted.type?.trim() || null, fields: wanted.fields ?? {} };
  const isNamed = wanted.mayAsk || names.type !== null || Object.keys(names.fields).length > 0;
  if (!offers.listTypes && names.type !== null) throw refuseType(names.type, target.key, null);
  if (!offers.listTypes && !offers.getForm) return judge(place, { type: null, form: null }, names.fields);

  const eyes = await eyesOf(place.workspaceId, assignment.integration.id);
  const read = (anew: boolean) => readForm(eyes, target, { type: names.type, mayAsk: isNamed, anew });
  const known = await read(false);
  try {
    return judge(place, known, names.fields);
  } catch (error) {
    const isOld = known.fetchedAt !== undefined && Date.now() - known.fetchedAt.getTime() > newMs;
    if (!isNamed || !isOld || !(error instanceof AppError)) throw error;
    // The tracker may have been given the field, or the choice, since.
    return judge(place, await read(true), names.fields);
  }
}

type Read = { type: Pick<IssueType, "id" | "name"> | null; form: IssueForm | null; fetchedAt?: Date };

async function readForm(
  eyes: Eyes,
  target: Target,
  { type: wanted, mayAsk, anew }: { type: string | null; mayAsk: boolean; anew: boolean },
): Promise<Read> {
  const project = { remoteId: target.remoteId, key: target.key };
  const types = mayAsk
    ? await askTracker(eyes, "types", { project }, { anew })
    : await recall(eyes, "types", { project });
  let type = await typeOf(types, wanted, target);
  if (wanted && types?.answer && !type && !anew) {
    const now = await askTracker(eyes, "types", { project }, { anew: true });
    type = await typeOf(now, wanted, target);
  }
  if (wanted && !type) throw refuseType(wanted, target.key, types?.answer ?? null);
  const asked = { project, typeId: type?.id ?? null };
  const form = mayAsk ? await askTracker(eyes, "form", asked, { anew }) : await recall(eyes, "form", asked);
  return { type, form: form?.answer ?? null, ...(form && { fetchedAt: form.fetchedAt }) };
}

async function typeOf(types: Known<"types"> | null, wanted: string | null, target: Target): Promise<Read["type"]> {
  if (types?.answer) return wanted ? findType(types.answer, wanted) : usualType(types.answer, target);
  // Nobody has seen the types: the place's own stands, and the tracker judges.
  const { defaultTypeId, defaultTypeName } = target;
  return defaultTypeId && !wanted ? { id: defaultTypeId, name: defaultTypeName ?? defaultTypeId } : null;
}

function judge({ target }: Place, { type, form }: Read, fields: GivenValues): FiledAs {
  const where = type?.name ?? target.key;
  const { setFields, problems }: SetValues = setValues(form?.fields ?? [], fields, where);
  refuse(problems);
  return {
    typeId: type?.id ?? null,
    typeName: type?.name ?? null,
    textField: form?.textField ?? null,
    setFields,
    labels: form?.labels ?? null,
  };
}

function refuse(problems: SetValues["problems"]): void {
  const messages = Object.values(problems);
  if (messages.length === 0) return;
  const more = messages.length > 1 ? ` And ${messages.length - 1} more.` : "";
  throw new AppError("invalid_input", `${messages[0]}${more}`, { fields: problems });
}
