const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  copy: "©",
  reg: "®",
  trade: "™",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  laquo: "«",
  raquo: "»",
  bull: "•",
  middot: "·",
  deg: "°",
  times: "×",
  euro: "€",
  rarr: "→",
  larr: "←",
  lbrace: "{",
  rbrace: "}",
  lbrack: "[",
  rbrack: "]",
  bsol: "\\",
  vert: "|",
};

/** Sticky, for asking at a place: what Jira leaves to the browser as an entity. */
export const entityPattern = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,7}));/y;

/** The character of a match, or null: then it is text. */
export function characterOf([, decimal, hex, name]: RegExpExecArray): string | null {
  if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? null) : null;
  const code = decimal === undefined ? Number.parseInt(hex ?? "0", 16) : Number(decimal);
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) && (code < 0x80 || code > 0x9f);
  return isCharacter ? String.fromCodePoint(code) : null;
}

/** A text without entities, and without the backslashes before what they protect. */
export function decode(text: string): string {
  if (!/[&\\]/.test(text)) return text;
  return text.replace(/&#?\w{1,8};|\\([-#*_+?^~|%{}[\]()!@])/g, (all, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    entityPattern.lastIndex = 0;
    const match = entityPattern.exec(all);
    return match ? (characterOf(match) ?? all) : all;
  });
}
