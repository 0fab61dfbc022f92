const limit = 1_000;
const list = /\[(?:\s{0,20}(?:['"\d-][^[\]\n]{0,400})?|[^[\]\n=]{0,200},[^[\]\n]{0,200})\]/y;

/** The list literal that begins there, or null. */
export function readList(text: string, at: number): string | null {
  list.lastIndex = at;
  return list.exec(text)?.[0] ?? null;
}

/** The object literal that begins there, or null where the brace is none. */
export function readObject(text: string, at: number): string | null {
  let depth = 0;
  let hasPairs = false;
  for (let i = at; i < text.length && i < at + limit; i++) {
    const char = text[i];
    if (char === "{") depth += 1;
    else if (char === ":" || char === "=") hasPairs = true;
    else if (char === "}") {
      depth -= 1;
      if (depth === 0) return hasPairs || i === at + 1 ? text.slice(at, i + 1) : null;
    }
  }
  return null;
}
