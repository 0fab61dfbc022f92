/** A text as a pattern of LIKE that matches it alone: `%`, `_` and `\` stand for themselves. */
export const asPattern = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
