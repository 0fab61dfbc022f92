import type { Extension } from "mdast-util-from-markdown";
import type { gfm } from "micromark-extension-gfm";

type Syntax = ReturnType<typeof gfm>;
type Construct = Extract<NonNullable<Syntax["text"]>[string], { tokenize: unknown }>;

const dollar = 0x24;
/** Formulas in a line are short; without an end every dollar sign would be followed to the end of its paragraph. */
const longest = 1_000;

/**
 * A formula in a line: `$x$`, `$$x$$` or GitHub's and GitLab's $`x`$. As there, prices are none: the first dollar sign
 * follows no word, the text begins and ends without a space, and no letter or digit follows the last one.
 * https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
 */
const tokenize: Construct["tokenize"] = (effects, ok, nok) => {
  let signs = 0;
  let seen = 0;
  let before: number | null = null;

  const open: ReturnType<typeof tokenize> = (code) => {
    if (code === dollar && signs < 2) {
      if (signs === 0) effects.enter(token);
      signs += 1;
      effects.consume(code);
      return open;
    }
    return code === dollar || isSpace(code) ? nok(code) : content(code);
  };
  const content: typeof open = (code) => {
    seen += 1;
    if (code === null || code < -2 || seen > longest) return nok(code);
    effects.consume(code);
    if (code === dollar && !isSpace(before) && before !== 0x5c) return signs === 2 ? second : after;
    before = code;
    return content;
  };
  const second: typeof open = (code) => {
    if (code !== dollar) return content(code);
    effects.consume(code);
    return after;
  };
  const after: typeof open = (code) => {
    if (isWord(code)) {
      before = dollar;
      return content(code);
    }
    effects.exit(token);
    return ok(code);
  };
  return open;
};

const isSpace = (code: number | null) => code === null || code < 0 || code === 0x20;
const isWord = (code: number | null) => code !== null && code > 0 && /[\p{L}\p{N}_$]/u.test(String.fromCharCode(code));

// The names of tokens are declared by the packages that bring them; this one is ours alone.
const token = "math" as Parameters<Parameters<typeof tokenize>[0]["enter"]>[0];

/** The grammar of a formula. */
export const mathSyntax: Syntax = {
  text: { [dollar]: { name: "math", tokenize, previous: (code) => !isWord(code) && code !== 0x5c } },
};

/** A formula in the tree: code, because a document has no kind for it. */
export const mathNodes: Extension = {
  enter: {
    math(found) {
      const value = this.sliceSerialize(found).replace(/^\$\$?`?|`?\$\$?$/g, "");
      this.enter({ type: "inlineCode", value }, found);
    },
  },
  exit: {
    math(found) {
      this.exit(found);
    },
  },
};
