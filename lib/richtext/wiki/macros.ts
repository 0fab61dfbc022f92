/** A macro with what stands between its tags, or a place where a colour begins or ends. */
export type Macro = { name: string; args: string; body: string };

/** A text in which each macro is one character; what is no macro of ours is still text. */
export type Tokens = { text: string; macros: Macro[]; colours: (string | null)[] };

// Two of the characters that Unicode keeps free for such uses stand around a number.
const open = "\uFDD0";
const close = "\uFDD1";
export const macroToken = /\uFDD0m(\d+)\uFDD1/;
export const macroTokens = /\uFDD0m(\d+)\uFDD1/g;
/** Sticky, for asking at a place. */
export const colourToken = /\uFDD0c(\d+)\uFDD1/y;

const known = new Set(["code", "noformat", "quote", "panel", "info", "note", "warning", "tip", "expand", "color"]);
const tag = /\\[\s\S]|\{\{|\{([a-z]+)(?::([^{}\n]{0,2000}))?\}/g;

/**
 * Jira reads macros before anything else: from a tag to the next one of the same name. Linear: the tags are listed once,
 * and the end of each is found in the list.
 */
export function readMacros(wiki: string): Tokens {
  const source = wiki.replace(/[\uFDD0\uFDD1]/g, "\uFFFD");
  const tokens: Tokens = { text: "", macros: [], colours: [] };
  const tags = tagsOf(source);
  const ends = new Map<string, { at: number[]; next: number }>();
  for (const { name, args, from } of tags) {
    if (args !== null) continue;
    const list = ends.get(name) ?? { at: [], next: 0 };
    list.at.push(from);
    ends.set(name, list);
  }
  const endOf = (name: string, after: number): number | undefined => {
    const list = ends.get(name);
    if (!list) return undefined;
    while ((list.at[list.next] ?? Number.POSITIVE_INFINITY) < after) list.next += 1;
    return list.at[list.next];
  };

  let kept = 0;
  let colourEnd = -1;
  for (const { name, args, from, to } of tags) {
    if (from < kept) continue;
    if (name === "color") {
      const end = from === colourEnd ? undefined : args === null ? undefined : endOf(name, to);
      if (from !== colourEnd && end === undefined) continue;
      tokens.text += `${source.slice(kept, from)}${open}c${tokens.colours.length}${close}`;
      tokens.colours.push(from === colourEnd ? null : args);
      if (end !== undefined) colourEnd = end;
      kept = to;
      continue;
    }
    const end = endOf(name, to);
    if (end === undefined) continue;
    tokens.text += `${source.slice(kept, from)}${open}m${tokens.macros.length}${close}`;
    tokens.macros.push({ name, args: args ?? "", body: source.slice(to, end) });
    kept = end + name.length + 2;
  }
  tokens.text += source.slice(kept);
  return tokens;
}

type Tag = { name: string; args: string | null; from: number; to: number };

function tagsOf(source: string): Tag[] {
  const found: Tag[] = [];
  tag.lastIndex = 0;
  for (let match = tag.exec(source); match; match = tag.exec(source)) {
    const [all, name, args] = match;
    if (name !== undefined && known.has(name)) {
      found.push({ name, args: args ?? null, from: match.index, to: match.index + all.length });
    }
  }
  return found;
}

/** The settings of a macro or a picture: `title=A|bgColor=#fff`, and the first without a name. */
export function settingsOf(args: string, separator: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const part of args.split(separator)) {
    const at = part.indexOf("=");
    if (at === -1) settings.set("", settings.get("") ?? part.trim());
    else settings.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim());
  }
  return settings;
}
