// Whether the value behind a name such as "password" looks like a secret, or like what people write in its place.

const placeholder =
  /^(?:[*x•.#_-]{2,}|<.*|\[.*|\$\{?.*|\{.*|%.*%?|@.*|null|nil|none|undefined|true|false|empty|n\/a|string|changeme|change[-_]?me|(?:my|your|the|some|a|an|any|dummy|fake|test|example|sample|default)?[-_]?(?:password|passwd|pass|pwd|secret|token|key|apikey|api[-_]key|credential|value|here)s?|redacted|masked|hidden|secret|todo|example|placeholder|required|missing|invalid|wrong|incorrect|expired|unknown)$/i;

/** Masked already, or filled in by whoever reads it. */
export const isMasked = (value: string): boolean =>
  /^(?:[*x•.#]{2,}|<.*|\[.*|\$.*|\{.*|%[^%]*%|(.)\1{2,})$/i.test(value);

export const isPlaceholder = (value: string): boolean =>
  placeholder.test(value) || /^\[?(?:masked|redacted|filtered|hidden)/i.test(value) || /^(.)\1*$/.test(value);

/** Code that reads the secret from somewhere, a path, an address: no secret itself. */
const isReference = (value: string): boolean =>
  /[()]/.test(value) ||
  /^(?:[a-z][a-z0-9+.-]*:)?\/\/|^(?:\.{0,2}|~)\/|^[A-Za-z]:\\/.test(value) ||
  /^[A-Za-z_$][\w$]*(?:(?:\.|::|->)[A-Za-z_$][\w$]*)+;?$/.test(value);

/** A password has a digit or a sign in it, or letters in an order that is no word's. */
export function isPassword(value: string): boolean {
  if (value.length < 6 || isPlaceholder(value) || isReference(value)) return false;
  return /[A-Za-z]/.test(value) ? /[\d!#$%&*+?@^~_=]/.test(value) : value.length >= 8 && traits(value).variety >= 5;
}

/** A token or a key is long and has letters and digits in no order. */
export function isCredential(value: string): boolean {
  if (value.length < 12 || !/\d/.test(value.slice(0, 64))) return false;
  // The beginning tells; words and numbers in a row, such as a name with a date, seldom turn from one to the other.
  const { variety, turns, hasDigit, hasLetter } = traits(value);
  return hasDigit && hasLetter && variety >= 8 && turns >= 3 && !isPlaceholder(value) && !isReference(value);
}

/** Cookies as a header has them, where the value of one of them is no word and no number. */
export const holdsCredential = (cookies: string): boolean =>
  /^[^\s=;]{1,256}=/.test(cookies) &&
  cookies.split(/[;\s]+/).some((one) => isCredential(one.slice(one.indexOf("=") + 1)));

type Traits = { variety: number; turns: number; hasDigit: boolean; hasLetter: boolean };

/** How many characters the first 64 are made of, and how often small letters, capitals, digits and signs follow each other. */
function traits(value: string): Traits {
  const seen = new Set<number>();
  let turns = 0;
  let before = "";
  const kinds = new Set<string>();
  for (let i = 0; i < value.length && i < 64; i++) {
    const code = value.charCodeAt(i);
    seen.add(code);
    const now = kindOf(code);
    kinds.add(now);
    if (i > 0 && now !== before) turns += 1;
    before = now;
  }
  return {
    variety: seen.size,
    turns,
    hasDigit: kinds.has("digit"),
    hasLetter: kinds.has("small") || kinds.has("capital"),
  };
}

function kindOf(code: number): "digit" | "small" | "capital" | "sign" {
  if (code >= 0x30 && code <= 0x39) return "digit";
  if (code >= 0x61 && code <= 0x7a) return "small";
  return code >= 0x41 && code <= 0x5a ? "capital" : "sign";
}
