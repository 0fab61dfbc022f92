import { InputRule, mergeAttributes } from "@tiptap/core";
import { Image as TipTapImage } from "@tiptap/extension-image";
import type { Node as ProseMirrorNode } from "@tiptap/pm/model";

import { safeImageSrc } from "@/lib/richtext/href";
import type { AddressOf } from "../address-of";
import { iconOf } from "./icon";

const text = (name: string, attribute = name) => ({
  default: null,
  parseHTML: (element: HTMLElement) => element.getAttribute(attribute) || null,
});
const pixels = (name: "width" | "height") => ({
  default: null,
  parseHTML: (element: HTMLElement) => {
    const value = Number(element.getAttribute(name));
    return Number.isInteger(value) && value >= 1 && value <= 10_000 ? value : null;
  },
});

type Options = { addressOf: AddressOf };

/**
 * A picture among letters: a file of ours is shown, a picture of elsewhere is a frame with its name, because the
 * page must not tell other servers who reads it.
 */
export const Picture = TipTapImage.extend<Options>({
  inline: true,
  group: "inline",
  draggable: true,
  addOptions: () => ({ addressOf: () => null }),
  addAttributes: () => ({
    src: { ...text("src"), parseHTML: (element) => safeImageSrc(element.getAttribute("src")) },
    alt: text("alt"),
    title: text("title"),
    width: pixels("width"),
    height: pixels("height"),
    attachmentId: {
      ...text("attachmentId", "data-attachment-id"),
      renderHTML: ({ attachmentId }) => (attachmentId ? { "data-attachment-id": attachmentId } : {}),
    },
  }),
  parseHTML: () => [{ tag: "img" }],
  renderHTML: ({ HTMLAttributes }) => ["img", mergeAttributes(HTMLAttributes)],
  addCommands: () => ({}),
  addNodeView() {
    return ({ node }) => {
      let shown = node;
      const dom = document.createElement("span");
      dom.className = "picture";
      const draw = () => dom.replaceChildren(face(shown, this.options.addressOf));
      draw();
      return {
        dom,
        update(updated) {
          if (updated.type !== shown.type) return false;
          const changed = !updated.sameMarkup(shown);
          shown = updated;
          if (changed) draw();
          return true;
        },
        ignoreMutation: () => true,
      };
    };
  },
  addInputRules() {
    return [
      new InputRule({
        find: /!\[([^[\]]*)\]\((\S+?)(?:\s+"([^"]*)")?\)$/,
        handler: ({ state, range, match }) => {
          const src = safeImageSrc(match[2]);
          if (src === null) return null;
          const attrs = { src, alt: match[1] || null, title: match[3] || null };
          state.tr.replaceWith(range.from, range.to, this.type.create(attrs));
        },
      }),
    ];
  },
});

function face({ attrs }: ProseMirrorNode, addressOf: Options["addressOf"]): HTMLElement {
  const { src, alt, title, width, height, attachmentId } = attrs;
  const address = attachmentId ? addressOf(attachmentId) : null;
  if (address === null) return frame(alt, src ? new URL(src).hostname : null);
  const img = document.createElement("img");
  img.src = address;
  img.alt = alt ?? "";
  img.draggable = false;
  if (title) img.title = title;
  if (width) img.style.width = `${width}px`;
  // As a ratio, so that a picture that is too wide for the text shrinks in both.
  if (width && height) img.style.aspectRatio = `${width} / ${height}`;
  else if (height) img.style.height = `${height}px`;
  img.addEventListener("error", () => img.replaceWith(frame(alt, "the file cannot be shown")));
  return img;
}

/** What stands for a picture that this page does not fetch. */
function frame(alt: string | null, from: string | null): HTMLElement {
  const dom = document.createElement("span");
  dom.className = "picture-frame";
  dom.setAttribute("role", "img");
  dom.setAttribute("aria-label", [alt || "Picture", from].filter(Boolean).join(", "));
  const name = document.createElement("span");
  name.textContent = alt || "Picture";
  dom.append(iconOf("picture"), name);
  if (from) {
    const where = document.createElement("span");
    where.className = "picture-from";
    where.textContent = from;
    dom.append(where);
  }
  return dom;
}
