/** True when a name fits what a trigger or a wait names; it may end in `*`. */
export const fits = (pattern: string, eventName: string): boolean =>
  pattern.endsWith("*") ? eventName.startsWith(pattern.slice(0, -1)) : pattern === eventName;

/** What may stand in a trigger or a pause and fits this name: itself, and each of its beginnings before a `*`. */
export const patternsOf = (name: string): string[] => [
  name,
  ...Array.from({ length: name.length + 1 }, (_, length) => `${name.slice(0, length)}*`),
];
