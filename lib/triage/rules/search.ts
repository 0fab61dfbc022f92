import { withoutCodes } from "@/lib/richtext/terminal";
import { readExpression } from "./expression";
import { foldCase, unfolded } from "./fold-case";
import type { RuleView } from "./shapes";

/** Of a message and of a stack, this much is searched; for an expression of more than 380 instructions less. */
export const searchedChars = 65_536;

export type What = Pick<RuleView, "kind" | "field" | "pattern">;

/** A message or a stack as people read it, and as it is compared whatever the case of its letters. */
class Searched {
  #folded: string | undefined;
  readonly plain: string;

  constructor(text: string | null) {
    this.plain = text === null ? "" : withoutCodes(text.slice(0, searchedChars)).replaceAll("\r\n", "\n");
  }

  get folded(): string {
    this.#folded ??= foldCase(this.plain);
    return this.#folded;
  }
}

/** What a failure says, read once for all rules. */
export class FailureText {
  readonly message: Searched;
  readonly stack: Searched;

  constructor({ message, stack }: { message: string | null; stack: string | null }) {
    this.message = new Searched(message);
    this.stack = new Searched(stack);
  }
}

type One = { has(text: Searched): boolean; place(text: Searched): { from: number; to: number } | null };

export type Found = { field: "message" | "stack"; text: string; at: { from: number; to: number } | null };

export type Search = {
  has(text: FailureText): boolean;
  /**
   * Where it stands first: in the message, else in the stack. To say the place costs more than to say the field.
   */
  find(text: FailureText, wantsPlace?: boolean): Found | null;
};

/** What a rule looks for, ready to search with, or what is wrong with it in words that tell what to do. */
export function readSearch({ kind, pattern, field }: What): { search: Search } | { problem: string } {
  const read = kind === "text" ? readText(pattern) : readPattern(pattern);
  if ("problem" in read) return read;
  const { one } = read;
  const fields = field === "both" ? (["message", "stack"] as const) : [field];
  return {
    search: {
      has: (text) => fields.some((name) => one.has(text[name])),
      find: (text, wantsPlace = true) => {
        const name = fields.find((each) => one.has(text[each]));
        return name ? { field: name, text: text[name].plain, at: wantsPlace ? one.place(text[name]) : null } : null;
      },
    },
  };
}

const leastChars = 3;

function readText(pattern: string): { one: One } | { problem: string } {
  const folded = foldCase(pattern);
  if ([...folded.replace(/\s/g, "")].length < leastChars)
    return { problem: `Enter ${leastChars} characters or more: less would be found in many failures.` };
  return {
    one: {
      has: (text) => text.folded.includes(folded),
      place: (text) => {
        const from = text.folded.indexOf(folded);
        return from === -1 ? null : unfolded(text.plain, from, from + folded.length);
      },
    },
  };
}

function readPattern(pattern: string): { one: One } | { problem: string } {
  const read = readExpression(pattern);
  if ("problem" in read) return read;
  const { expression } = read;
  return { one: { has: (text) => expression.has(text.plain), place: (text) => expression.place(text.plain) } };
}
