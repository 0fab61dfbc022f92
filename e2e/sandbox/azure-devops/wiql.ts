import { Failure } from "./failure";

/** A work item as a query sees it: names of fields in lower case. */
export type Row = { id: number; get(field: string): unknown };

type Test = (row: Row) => boolean;
export type Query = { where: Test; order: { field: string; isDescending: boolean }[] };
export type Context = { project: string | null; timePrecision: boolean; knowsField(name: string): boolean };

type Token = { kind: "field" | "text" | "number" | "word" | "sign"; text: string };

const syntax = (said: string) =>
  new Failure(400, `TF51006: The query statement is incorrect. ${said}`, "SyntaxErrorException");

const tokenPattern = /\s+|\[([^\]]+)\]|'((?:[^']|'')*)'|(\d+)|(@?[A-Za-z][\w.]*)|(<>|>=|<=|[=<>(),])|([\s\S])/g;

function tokensOf(text: string): Token[] {
  return [...text.matchAll(tokenPattern)].flatMap(([, field, literal, number, word, sign, stray]): Token[] => {
    if (field !== undefined) return [{ kind: "field", text: field }];
    if (literal !== undefined) return [{ kind: "text", text: literal.replaceAll("''", "'") }];
    if (number !== undefined) return [{ kind: "number", text: number }];
    if (word !== undefined) return [{ kind: "word", text: word }];
    if (sign !== undefined) return [{ kind: "sign", text: sign }];
    if (stray !== undefined) throw syntax(`Unexpected "${stray}".`);
    return [];
  });
}

/** Reads a flat query: as much of the language as is used, and a syntax error for the rest. */
export function parseQuery(text: string, context: Context): Query {
  if (text.length > 32_000)
    throw new Failure(400, "TF51011: The query is longer than 32,000 characters.", "QueryTooLongException");
  const tokens = tokensOf(text);
  let at = 0;
  const peek = () => tokens[at];
  const isNext = (wanted: string) =>
    tokens[at]?.kind !== "text" && tokens[at]?.kind !== "field" && tokens[at]?.text.toUpperCase() === wanted;
  const take = (wanted: string) => {
    if (!isNext(wanted)) return false;
    at += 1;
    return true;
  };
  const must = (wanted: string) => {
    if (!take(wanted)) throw syntax(`Expecting ${wanted}, found "${peek()?.text ?? "the end"}".`);
  };
  const field = () => {
    const token = tokens[at++];
    if (token?.kind !== "field") throw syntax(`Expecting a field, found "${token?.text ?? "the end"}".`);
    if (!context.knowsField(token.text)) {
      throw new Failure(
        400,
        `TF51005: The query references a field that does not exist. The error is caused by «[${token.text}]».`,
        "QueryException",
      );
    }
    return token.text;
  };
  const value = (): string => {
    const token = tokens[at++];
    if (token?.kind === "word" && token.text.toLowerCase() === "@project") {
      if (context.project === null) throw syntax("There is no project for @project.");
      return context.project;
    }
    if (token?.kind === "text" || token?.kind === "number") return token.text;
    throw syntax(`Expecting a value, found "${token?.text ?? "the end"}".`);
  };

  function condition(): Test {
    if (take("(")) {
      const inner = either();
      must(")");
      return inner;
    }
    const name = field();
    const compare = (test: (order: number) => boolean): Test => {
      const wanted = literalOf(name, value(), context);
      return (row) => test(orderOf(row.get(name), wanted));
    };
    if (take("=")) return compare((order) => order === 0);
    if (take("<>")) return compare((order) => order !== 0);
    if (take(">=")) return compare((order) => order >= 0);
    if (take("<=")) return compare((order) => order <= 0);
    if (take(">")) return compare((order) => order > 0);
    if (take("<")) return compare((order) => order < 0);
    if (take("CONTAINS")) {
      const byWords = take("WORDS");
      const wanted = value().toLowerCase();
      if (name === "System.Tags") return (row) => tagsOf(row.get(name)).includes(wanted);
      return (row) => (byWords ? hasWords(plain(row.get(name)), wanted) : plain(row.get(name)).includes(wanted));
    }
    if (take("UNDER")) {
      const wanted = value().toLowerCase();
      return (row) =>
        [wanted, `${wanted}\\`].some((path, i) =>
          i === 0 ? lower(row.get(name)) === path : lower(row.get(name)).startsWith(path),
        );
    }
    if (take("IN")) {
      must("(");
      const values = [value().toLowerCase()];
      while (take(",")) values.push(value().toLowerCase());
      must(")");
      return (row) => values.includes(lower(row.get(name)));
    }
    throw syntax(`Expecting an operator, found "${peek()?.text ?? "the end"}".`);
  }
  function all(): Test {
    const tests = [condition()];
    while (take("AND")) tests.push(condition());
    return (row) => tests.every((test) => test(row));
  }
  function either(): Test {
    const tests = [all()];
    while (take("OR")) tests.push(all());
    return (row) => tests.some((test) => test(row));
  }

  must("SELECT");
  do field();
  while (take(","));
  must("FROM");
  must("WORKITEMS");
  const where = take("WHERE") ? either() : () => true;
  const order: Query["order"] = [];
  if (take("ORDER")) {
    must("BY");
    do {
      const name = field();
      const isDescending = take("DESC");
      if (!isDescending) take("ASC");
      order.push({ field: name, isDescending });
    } while (take(","));
  }
  if (at < tokens.length) throw syntax(`Unexpected "${peek()?.text}".`);
  return { where, order };
}

/** A date without a time unless the query says that it has one. */
function literalOf(name: string, text: string, { timePrecision }: Context): string | number {
  if (/Date$/.test(name)) {
    if (/T\d/.test(text) && !timePrecision) {
      throw new Failure(
        400,
        `TF51023: You cannot supply a time with the date when running a query using date precision. The error is caused by «${text}».`,
        "QueryException",
      );
    }
    const ms = Date.parse(text);
    if (Number.isNaN(ms)) throw syntax(`"${text}" is not a date.`);
    return ms;
  }
  return /^System\.(?:Id|Rev)$/.test(name) ? Number(text) : text.toLowerCase();
}

const lower = (value: unknown) => String(value ?? "").toLowerCase();
const plain = (value: unknown) => lower(value).replace(/<[^>]*>/g, " ");
const tagsOf = (value: unknown) =>
  lower(value)
    .split(";")
    .map((tag) => tag.trim());

function hasWords(text: string, wanted: string): boolean {
  const words = new Set(text.match(/[\p{L}\p{N}_]+/gu) ?? []);
  return (wanted.match(/[\p{L}\p{N}_]+/gu) ?? ["\u0000"]).every((word) => words.has(word));
}

export function orderOf(value: unknown, wanted: string | number): number {
  const given =
    typeof wanted === "number" ? (typeof value === "number" ? value : Date.parse(String(value))) : lower(value);
  return given < wanted ? -1 : given > wanted ? 1 : given === wanted ? 0 : Number.NaN;
}
