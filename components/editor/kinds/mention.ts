import { Mention } from "@tiptap/extension-mention";

const attribute = (name: string, fallback: string | null = null) => ({
  default: fallback,
  parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`) ?? fallback,
});

/** A person of one tracker. Suggestions come from suggest.ts. */
export const Person = Mention.extend({
  addAttributes: () => ({
    id: {
      ...attribute("id", ""),
      renderHTML: ({ id }) => ({ "data-id": id }),
    },
    label: {
      ...attribute("label", ""),
      renderHTML: ({ label }) => ({ "data-label": label }),
    },
    handle: {
      ...attribute("handle"),
      renderHTML: ({ handle }) => (handle ? { "data-handle": handle } : {}),
    },
    integrationId: {
      ...attribute("integration"),
      renderHTML: ({ integrationId }) => (integrationId ? { "data-integration": integrationId } : {}),
    },
  }),
  renderHTML: ({ node, HTMLAttributes }) => [
    "span",
    {
      ...HTMLAttributes,
      "data-type": "mention",
      class: "mention",
      ...(node.attrs.handle && { title: `@${node.attrs.handle}` }),
    },
    `@${node.attrs.label}`,
  ],
  renderText: ({ node }) => `@${node.attrs.label}`,
  // TipTap puts the `@` back where a person was deleted.
  addKeyboardShortcuts: () => ({}),
  addProseMirrorPlugins: () => [],
});
