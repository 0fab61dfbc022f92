import { AppError, type FieldErrors } from "@/lib/errors";
import type { AuthField, AuthForm, Credential, Tracker } from "@/lib/trackers/tracker";

type Values = Readonly<Record<string, string>>;

/** The way to sign in that has this id; throws `invalid_input` at its field. */
export function authFormOf(provider: Pick<Tracker, "auth" | "label">, id: string): AuthForm {
  const form = provider.auth.find((one) => one.id === id);
  if (form) return form;
  const message = `${provider.label} has no such way to sign in: choose one of ${provider.auth.map((one) => one.id).join(", ")}.`;
  throw new AppError("invalid_input", message, { fields: { authType: message } });
}

/**
 * A credential from what was typed, checked against the form's fields. An empty field stands for what is kept of the
 * stored one; `again` says why there is nothing to keep, where a person would wonder.
 */
export function readCredential(form: AuthForm, typed: Values, kept: Values = {}, again?: string): Credential {
  const names = form.fields.map(({ name }) => name);
  const fields: FieldErrors = {};
  for (const name of Object.keys(typed))
    if (!names.includes(name)) fields[`credential.${name}`] = `“${form.label}” has no such field.`;

  const values: Record<string, string> = {};
  for (const field of form.fields) {
    const text = textOf(typed, field.name).trim();
    // What is shown in the form can be taken out of it; a secret is not shown, so that an empty field says nothing.
    const isGiven = Object.hasOwn(typed, field.name);
    const value = text || (field.isSecret || !isGiven ? textOf(kept, field.name) : "");
    const problem = value === "" ? missing(field, again) : text && problemOf(field, text);
    if (problem) fields[`credential.${field.name}`] = problem;
    else if (value !== "") values[field.name] = value;
  }

  const [first] = Object.values(fields);
  if (first) throw new AppError("invalid_input", first, { fields });
  return { type: form.id, values };
}

/** The part of a credential that people may see again. */
export const publicValuesOf = (form: AuthForm, values: Values): Record<string, string> =>
  Object.fromEntries(
    form.fields.flatMap(({ name, isSecret }) =>
      isSecret || !Object.hasOwn(values, name) ? [] : [[name, textOf(values, name)]],
    ),
  );

/** Where a refusal of the credential is shown: at the first secret, else at the address. */
export function blamedFieldOf(form: AuthForm): string {
  const field = form.fields.find(({ isSecret }) => isSecret) ?? form.fields[0];
  return field ? `credential.${field.name}` : "baseUrl";
}

const textOf = (values: Values, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? "") : "");

const missing = ({ isOptional, isSecret, label }: AuthField, again: string | undefined) =>
  isOptional ? null : isSecret && again ? again : `“${label}” is missing.`;

const [secretChars, shownChars] = [4096, 254];

/** A secret travels in a header, so it is visible ASCII. */
function problemOf({ isSecret, label }: AuthField, text: string): string | null {
  if (text.length > (isSecret ? secretChars : shownChars)) return `“${label}” is too long.`;
  if (isSecret && !/^[\x21-\x7e]*$/.test(text))
    return `“${label}” has no spaces and no special characters. Copy it again.`;
  return /\p{Cc}/u.test(text) ? `“${label}” is one line of text.` : null;
}
