/** A selected field, or a fragment on a type. */
export type Selection =
  | { kind: "field"; alias: string; name: string; args: Record<string, Value>; selections: Selection[] | null }
  | { kind: "on"; type: string; selections: Selection[] };
export type Value =
  | { kind: "variable"; name: string }
  | { kind: "scalar"; value: string | number | boolean | null }
  | { kind: "enum"; value: string }
  | { kind: "list"; values: Value[] }
  | { kind: "object"; fields: Record<string, Value> };
/** `[ID!]!` as its name, whether it is a list, and whether null is refused. */
export type TypeRef = { name: string; isList: boolean; isRequired: boolean };
export type Operation = {
  kind: "query" | "mutation";
  name: string | null;
  variables: { name: string; type: TypeRef; hasDefault: boolean }[];
  selections: Selection[];
};

/** The words and marks of a GraphQL text. */
export class Tokens {
  private readonly list: string[];
  private at = 0;

  constructor(text: string) {
    this.list =
      text.match(/"""[\s\S]*?"""|"(?:\\.|[^"\\])*"|\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|#.*|[{}()[\]:!$=|&@]/g) ?? [];
    this.list = this.list.filter((token) => !token.startsWith("#"));
  }

  peek = (): string | undefined => this.list[this.at];
  next(): string {
    const token = this.list[this.at++];
    if (token === undefined) throw new SyntaxError("Parse error: the document ends too early");
    return token;
  }
  take(token: string): boolean {
    if (this.peek() !== token) return false;
    this.at++;
    return true;
  }
  must(token: string): void {
    const found = this.next();
    if (found !== token) throw new SyntaxError(`Parse error on "${found}", expecting "${token}"`);
  }
  /** Everything up to a closing mark, read one by one. */
  until<T>(close: string, read: () => T): T[] {
    const all: T[] = [];
    while (!this.take(close)) all.push(read());
    return all;
  }
}

export function typeOf(tokens: Tokens): TypeRef {
  const isList = tokens.take("[");
  const name = tokens.next();
  if (isList) {
    tokens.take("!");
    tokens.must("]");
  }
  return { name, isList, isRequired: tokens.take("!") };
}

export function literalOf(tokens: Tokens): Value {
  if (tokens.take("$")) return { kind: "variable", name: tokens.next() };
  if (tokens.take("[")) return { kind: "list", values: tokens.until("]", () => literalOf(tokens)) };
  if (tokens.take("{")) return { kind: "object", fields: Object.fromEntries(tokens.until("}", () => pairOf(tokens))) };
  const token = tokens.next();
  if (/^["\d-]|^(true|false|null)$/.test(token)) return { kind: "scalar", value: JSON.parse(token) };
  return { kind: "enum", value: token };
}

function pairOf(tokens: Tokens): [string, Value] {
  const name = tokens.next();
  tokens.must(":");
  return [name, literalOf(tokens)];
}

function selectionsOf(tokens: Tokens): Selection[] {
  tokens.must("{");
  return tokens.until("}", (): Selection => {
    if (tokens.take("...")) {
      tokens.must("on");
      return { kind: "on", type: tokens.next(), selections: selectionsOf(tokens) };
    }
    const first = tokens.next();
    const name = tokens.take(":") ? tokens.next() : first;
    const args = tokens.take("(") ? Object.fromEntries(tokens.until(")", () => pairOf(tokens))) : {};
    const selections = tokens.peek() === "{" ? selectionsOf(tokens) : null;
    return { kind: "field", alias: first, name, args, selections };
  });
}

/** One operation; throws a SyntaxError for anything else. */
export function parseOperation(text: string): Operation {
  const tokens = new Tokens(text);
  const word = tokens.peek() === "{" ? "query" : tokens.next();
  if (word !== "query" && word !== "mutation") throw new SyntaxError(`Parse error on "${word}"`);
  const name = /^\w+$/.test(tokens.peek() ?? "") ? tokens.next() : null;
  const variables = !tokens.take("(")
    ? []
    : tokens.until(")", () => {
        tokens.must("$");
        const name = tokens.next();
        tokens.must(":");
        const type = typeOf(tokens);
        const hasDefault = tokens.take("=");
        if (hasDefault) literalOf(tokens);
        return { name, type, hasDefault };
      });
  const selections = selectionsOf(tokens);
  if (tokens.peek() !== undefined) throw new SyntaxError("Only one operation is understood here");
  return { kind: word, name, variables, selections };
}
