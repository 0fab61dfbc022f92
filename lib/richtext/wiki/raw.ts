/** What Jira shows letter for letter: from an opening tag to the next closing one of the same name. */
export type Raw = { from: number; to: number };

/**
 * The blocks of code in wiki markup, in order. One without an end is none. Linear: each tag is looked at once, and the
 * end of a name that was not found is not looked for again.
 */
export function rawBlocks(wiki: string): Raw[] {
  const found: Raw[] = [];
  const tag = /\\[\s\S]|\{(code|noformat)(?::[^{}\n]*)?\}/g;
  const endless = new Set<string>();
  for (let match = tag.exec(wiki); match; match = tag.exec(wiki)) {
    const [, name] = match;
    if (name === undefined || endless.has(name)) continue;
    const end = wiki.indexOf(`{${name}}`, tag.lastIndex);
    if (end === -1) endless.add(name);
    else {
      found.push({ from: match.index, to: end + name.length + 2 });
      tag.lastIndex = end + name.length + 2;
    }
  }
  return found;
}
