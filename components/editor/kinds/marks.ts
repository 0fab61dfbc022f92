import { type InputRule, Mark, markInputRule } from "@tiptap/core";
import { Highlight } from "@tiptap/extension-highlight";
import { TextStyle } from "@tiptap/extension-text-style";

import { safeColour } from "@/lib/richtext/colour";

/** Letters of a fixed width. TipTap's own excludes every other mark; in a document of ours a link may be code. */
export const Code = Mark.create({
  name: "code",
  excludes: "",
  code: true,
  exitable: true,
  parseHTML: () => [{ tag: "code" }],
  renderHTML: () => ["code", 0],
  addInputRules() {
    // The sign before the first backtick stays: it is looked at, not taken.
    const find = (text: string) => {
      const match = /(?<!`)`([^`]+)`$/.exec(text);
      return match ? { index: match.index, text: match[0], replaceWith: match[1] } : null;
    };
    return [markInputRule({ find, type: this.type })];
  },
});

export const Subscript = Mark.create({
  name: "subscript",
  parseHTML: () => [{ tag: "sub" }],
  renderHTML: () => ["sub", 0],
});

export const Superscript = Mark.create({
  name: "superscript",
  parseHTML: () => [{ tag: "sup" }],
  renderHTML: () => ["sup", 0],
});

/** A marker pen: without a colour the reader's own. */
export const Pen = Highlight.extend({
  addAttributes: () => ({
    color: {
      default: null,
      parseHTML: (element) => safeColour(element.getAttribute("data-color") ?? element.style.backgroundColor),
      renderHTML: ({ color }) => (color ? { "data-color": color, style: `--pen: ${color}` } : {}),
    },
  }),
  // `==` compares two values in what people file here; it is no pen.
  addInputRules: (): InputRule[] => [],
});

/** The colour of letters. A span without one says nothing and is not kept. */
export const TextColour = TextStyle.extend({
  addAttributes: () => ({
    color: {
      default: null,
      parseHTML: (element) => safeColour(element.style.color),
      renderHTML: ({ color }) => ({ style: `color: ${color}; --ink: ${color}` }),
    },
  }),
  parseHTML: () => [
    {
      tag: "span[style*=color]",
      consuming: false,
      getAttrs: (element) => (safeColour(element.style.color) === null ? false : {}),
    },
  ],
});
