import { Node } from "@tiptap/core";

import { type PanelType, panelTypes } from "@/lib/richtext/doc";
import { panelLooks } from "@/lib/richtext/panel-looks";

const toPanelType = (value: unknown): PanelType => panelTypes.find((type) => type === value) ?? "info";

/** A coloured box that says of what kind it is. */
export const Panel = Node.create({
  name: "panel",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => ({
    panelType: {
      default: "info",
      parseHTML: (element) => toPanelType(element.getAttribute("data-panel-type")),
      renderHTML: ({ panelType }) => {
        const type = toPanelType(panelType);
        // The word is shown by the style sheet, so that it is never part of what is written or copied.
        return { "data-panel-type": type, "data-name": panelLooks[type].title, "aria-label": panelLooks[type].title };
      },
    },
  }),
  parseHTML: () => [{ tag: 'div[data-type="panel"]' }],
  renderHTML: ({ HTMLAttributes }) => ["div", { ...HTMLAttributes, "data-type": "panel", role: "note" }, 0],
});
