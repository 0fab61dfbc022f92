import canonicalize from "canonicalize";
import type { Case } from "@/lib/results/case-shapes";
import { emptyDoc, type RichDoc } from "@/lib/richtext/doc";

/** What people write about a case, as the form holds it. */
export type Fields = { owner: string; component: string; tags: string[]; steps: RichDoc; expected: RichDoc };
export type FieldName = keyof Fields;

/** The fields by the names that people see, in their order. */
export const fieldNames: Record<FieldName, string> = {
  steps: "Steps",
  expected: "Expected result",
  owner: "Owner",
  component: "Component",
  tags: "Tags",
};

const names = Object.keys(fieldNames) as FieldName[]; // Object.keys forgets the key type

type Written = Pick<Case, FieldName>;

export const fieldsOf = ({ owner, component, tags, steps, expected }: Written): Fields => ({
  owner: owner ?? "",
  component: component ?? "",
  tags,
  steps: steps ?? emptyDoc(),
  expected: expected ?? emptyDoc(),
});

// The server gives the members of a document back in an order of its own.
const isSame = (one: unknown, other: unknown) => canonicalize(one) === canonicalize(other);

/** The fields that differ. */
export const differing = (one: Fields, other: Fields): FieldName[] =>
  names.filter((name) => !isSame(one[name], other[name]));

export type Merged = {
  fields: Fields;
  /** Changed by the other alone: theirs now. */
  taken: FieldName[];
  /** Changed by both, and differently: still mine, until I decide. */
  clashing: FieldName[];
};

/** What I typed over `base`, and what somebody else has saved over it meanwhile, as one. */
export function merge(base: Fields, mine: Fields, theirs: Fields): Merged {
  const theirChanges = differing(base, theirs);
  const myChanges = differing(base, mine);
  const taken = theirChanges.filter((name) => !myChanges.includes(name));
  const clashing = theirChanges.filter((name) => myChanges.includes(name) && !isSame(mine[name], theirs[name]));
  return { fields: { ...mine, ...pick(theirs, taken) }, taken, clashing };
}

export const pick = (fields: Fields, chosen: readonly FieldName[]): Partial<Fields> =>
  Object.fromEntries(chosen.map((name) => [name, fields[name]]));
