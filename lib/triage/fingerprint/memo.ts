/*
 * A run says the same thousands of times: the lines of its frameworks, and after masking its messages, too. What was made
 * of a text is kept for the next time, so that a failure costs what is new in it.
 */

/** What `make` makes of a text, from memory where it is there: bounded in number and in length. */
export function remembered<T extends object | string | number | boolean>(
  limit: { count: number; length: number },
  make: (text: string) => T,
): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = make(text);
    if (text.length <= limit.length) {
      if (known.size >= limit.count) known.clear();
      known.set(detached(text), made);
    }
    return made;
  };
}

// A piece of a text keeps the whole of it in memory; its copy does not.
const detached = (text: string): string => Buffer.from(text, "utf16le").toString("utf16le");
