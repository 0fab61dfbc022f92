// Whether the value behind a name such as "password" looks like a secret, or like what people write in its place.

const placeholder =
  /^(?:[*x•.#_-]{2,}|<.*|\[.*|\$\{?.*|\{.*|%.*%?|@.*|null|nil|none|undefined|true|false|empty|n\/a|string|changeme|change[-_]?me|(?:my|your|the|some|a|an|any|dummy|fake|test|example|sample|default)?[-_]?(?:password|passwd|pass|pwd|secret|token|key|apikey|api[-_]key|credential|value|here)s?|redacted|masked|hidden|secret|todo|example|placeholder|required|missing|invalid|wrong|incorrect|expired|unknown)$/i;

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
  return /[A-Za-z]/.test(value) ? /[\d!#$%&*+?@^~_=]/.test(value) : value.length >= 8 && variety(value) >= 5;
}

/** A token or a key is long and has letters and digits in no order. */
export function isCredential(value: string): boolean {
  if (value.length < 12 || isPlaceholder(value) || isReference(value)) return false;
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  // Words and numbers in a row, such as a name with a date, repeat few characters but turn seldom from one to the other.
  return variety(value) >= 8 && turns(value) >= 3;
}

const variety = (value: string): number => new Set(value.slice(0, 256)).size;

/** How often letters, capitals, digits and signs follow each other. */
function turns(value: string): number {
  let count = 0;
  let before = "";
  for (const character of value.slice(0, 256)) {
    const now = /\d/.test(character)
      ? "digit"
      : /[a-z]/.test(character)
        ? "small"
        : /[A-Z]/.test(character)
          ? "large"
          : "sign";
    if (before !== "" && now !== before) count += 1;
    before = now;
  }
  return count;
}
