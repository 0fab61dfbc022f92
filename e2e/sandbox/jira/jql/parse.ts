import { jqlError, lex, type Token } from "./lex";

export type Operand = { text: string; isFunction: boolean; isEmpty: boolean };
export type Operator = "=" | "!=" | "~" | "!~" | ">" | ">=" | "<" | "<=" | "in" | "not in" | "is" | "is not";
export type Clause = { field: string; operator: Operator; operands: Operand[] };
export type Where = Clause | { not: Where } | { and: Where[] } | { or: Where[] };
export type Query = { where: Where | null; orderBy: { field: string; isDescending: boolean }[] };

const keyword = (token: Token | undefined, ...words: string[]) =>
  token !== undefined && token.kind !== "quoted" && words.includes(token.text.toLowerCase());

/** Reads a query; throws Jira's refusal of what is none. */
export function parseJql(jql: string): Query {
  const reader = new Reader(lex(jql));
  const where = reader.isAtEnd() || reader.isOrderBy() ? null : reader.or();
  const orderBy = reader.isOrderBy() ? reader.orderBy() : [];
  if (!reader.isAtEnd()) throw reader.unexpected("Expecting either 'OR' or 'AND'");
  return { where, orderBy };
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  isAtEnd = () => this.at >= this.tokens.length;
  isOrderBy = () => keyword(this.peek(), "order") && keyword(this.tokens[this.at + 1], "by");

  unexpected(expecting: string) {
    const token = this.peek();
    const got = token ? `but got '${token.text}'. (line 1, character ${token.at + 1})` : "before the end of the query.";
    return jqlError(`${expecting} ${got}`);
  }

  or(): Where {
    const parts = [this.and()];
    while (this.take("or", "||")) parts.push(this.and());
    return parts.length === 1 && parts[0] ? parts[0] : { or: parts };
  }

  orderBy(): Query["orderBy"] {
    this.at += 2;
    const order: Query["orderBy"] = [];
    do {
      const field = this.peek();
      if (!field || field.kind === "sign") throw this.unexpected("Expecting a field name");
      this.at += 1;
      const isDescending = this.take("desc");
      if (!isDescending) this.take("asc");
      order.push({ field: field.text.toLowerCase(), isDescending });
    } while (this.take(","));
    return order;
  }

  private peek = (): Token | undefined => this.tokens[this.at];

  private take(...words: string[]): boolean {
    if (!keyword(this.peek(), ...words)) return false;
    this.at += 1;
    return true;
  }

  private and(): Where {
    const parts = [this.not()];
    while (this.take("and", "&&")) parts.push(this.not());
    return parts.length === 1 && parts[0] ? parts[0] : { and: parts };
  }

  private not(): Where {
    if (this.take("not", "!")) return { not: this.not() };
    if (!this.take("(")) return this.clause();
    const inner = this.or();
    if (!this.take(")")) throw this.unexpected("Expecting ')'");
    return inner;
  }

  private clause(): Clause {
    const field = this.peek();
    if (!field || field.kind === "sign") throw this.unexpected("Expecting a field name");
    this.at += 1;
    const operator = this.operator();
    const isList = operator === "in" || operator === "not in";
    return { field: field.text.toLowerCase(), operator, operands: isList ? this.list() : [this.operand()] };
  }

  private operator(): Operator {
    const negated = keyword(this.peek(), "not") && keyword(this.tokens[this.at + 1], "in");
    if (negated) {
      this.at += 2;
      return "not in";
    }
    if (this.take("in")) return "in";
    if (this.take("is")) return this.take("not") ? "is not" : "is";
    const token = this.peek();
    const found = (["=", "!=", "~", "!~", ">", ">=", "<", "<="] as const).find((sign) => sign === token?.text);
    if (!found || token?.kind !== "sign") {
      throw this.unexpected(
        "Expecting operator but it was not there: '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'IS';",
      );
    }
    this.at += 1;
    return found;
  }

  private list(): Operand[] {
    if (!this.take("(")) return [this.operand()];
    const operands = [this.operand()];
    while (this.take(",")) operands.push(this.operand());
    if (!this.take(")")) throw this.unexpected("Expecting ')' or ','");
    return operands;
  }

  private operand(): Operand {
    const token = this.peek();
    if (!token || token.kind === "sign") throw this.unexpected("Expecting either a value, list or function");
    this.at += 1;
    if (token.kind === "word" && this.take("(")) {
      const [argument] = keyword(this.peek(), ")") ? [] : [this.operand()];
      if (argument || !this.take(")")) throw jqlError(`Function '${token.text}' expected '0' arguments.`);
      return { text: token.text.toLowerCase(), isFunction: true, isEmpty: false };
    }
    const isEmpty = token.kind === "word" && /^(empty|null)$/i.test(token.text);
    return { text: token.text, isFunction: false, isEmpty };
  }
}
