/** What may stand in a trigger or a pause and fits this name: itself, and each of its beginnings before a `*`. */
export const patternsOf = (name: string): string[] => [
  name,
  ...Array.from({ length: name.length + 1 }, (_, length) => `${name.slice(0, length)}*`),
];
