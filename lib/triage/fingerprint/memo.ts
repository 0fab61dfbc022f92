/*
 * A run says the same thousands of times: the lines of its frameworks, and after masking its messages, too. What was made
 * of a text is kept for the next time, so that a failure costs what is new in it.
 */

type Kept<T> = { text: string; made: T };

// A text has so many places to be kept in, because others have the same.
const ways = 4;

/** What `make` makes of a text, from memory where it is there: bounded in number, a power of 2, and in length. */
export function remembered<T>(
  limit: { count: number; length: number },
  make: (text: string) => T,
): (text: string) => T {
  const kept = new Array<Kept<T> | undefined>(limit.count).fill(undefined);
  const latest = new Int32Array(limit.count / ways);
  let turn = 0;
  return (text) => {
    if (text.length > limit.length) return make(text);
    const hash = sampled(text);
    const set = hash & (latest.length - 1);
    for (let i = set * ways; i < (set + 1) * ways; i++) {
      const there = kept[i];
      if (there?.text === text) return there.made;
    }
    // What comes but once, as most messages do, takes nobody's place.
    if (latest[set] !== hash) {
      latest[set] = hash;
      return make(text);
    }
    const copy = detached(text);
    const made = make(copy);
    turn = (turn + 1) % ways;
    kept[set * ways + turn] = { text: copy, made };
    return made;
  };
}

// Of some characters alone: a Map would read each of a new text, and hashing costs ten times what comparing does. Those
// at the end count most, because there lines of one file differ.
function sampled(text: string): number {
  const step = (text.length >> 4) + 1;
  let hash = text.length;
  for (let i = text.length - 1; i >= 0; i -= i > text.length - 4 ? 1 : step)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}

// A piece of a text keeps the whole of it in memory; its copy does not. Where one byte a character is enough, it is
// compared many times faster with others that need no more.
function detached(text: string): string {
  const narrow = Buffer.from(text, "latin1").toString("latin1");
  return narrow === text ? narrow : Buffer.from(text, "utf16le").toString("utf16le");
}
