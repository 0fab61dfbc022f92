import { InputRule, Node } from "@tiptap/core";

import { emojiByName } from "../emoji-table";

const toName = (value: string | null) => (value && /^[\w+-]{1,64}$/.test(value) ? value : null);

/** A picture among letters, known by its name; those of one tracker alone have no characters and show the name. */
export const Emoji = Node.create({
  name: "emoji",
  group: "inline",
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({
    name: {
      default: "question",
      parseHTML: (element) => toName(element.getAttribute("data-name")) ?? "question",
      renderHTML: ({ name }) => ({ "data-name": name }),
    },
    text: {
      default: null,
      parseHTML: (element) => element.getAttribute("data-text"),
      renderHTML: ({ text }) => (text ? { "data-text": text } : {}),
    },
  }),
  parseHTML: () => [{ tag: 'span[data-type="emoji"]' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    "span",
    { ...HTMLAttributes, "data-type": "emoji", role: "img", "aria-label": `${node.attrs.name} emoji` },
    node.attrs.text || `:${node.attrs.name}:`,
  ],
  renderText: ({ node }) => node.attrs.text || `:${node.attrs.name}:`,
  addInputRules() {
    return [
      new InputRule({
        // Only names that are known: `12:30:45` and `Foo::key::bar` stay what they are.
        find: /(?<![\w:]):([\w+-]{1,64}):$/,
        handler: ({ state, range, match }) => {
          const name = match[1] ?? "";
          const text = emojiByName.get(name);
          if (text === undefined) return null;
          state.tr.replaceWith(range.from, range.to, this.type.create({ name, text }));
        },
      }),
    ];
  },
});
