import { Node } from "@tiptap/core";
import type { Node as ProseMirrorNode } from "@tiptap/pm/model";

import type { AddressOf } from "../address-of";
import { iconOf } from "./icon";

type Options = { addressOf: AddressOf };

const attribute = (name: string) => `data-${name}`;
const text = (name: string, fallback: string | null = null) => ({
  default: fallback,
  parseHTML: (element: HTMLElement) => element.getAttribute(attribute(name)) ?? fallback,
});

/** A file of ours on a line of its own. */
export const FileBlock = Node.create<Options>({
  name: "attachment",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ addressOf: () => null }),
  addAttributes: () => ({
    attachmentId: {
      ...text("attachment-id", ""),
      renderHTML: ({ attachmentId }) => ({ [attribute("attachment-id")]: attachmentId }),
    },
    name: { ...text("name", "file"), renderHTML: ({ name }) => ({ [attribute("name")]: name }) },
    mediaType: {
      ...text("media-type"),
      renderHTML: ({ mediaType }) => (mediaType ? { [attribute("media-type")]: mediaType } : {}),
    },
    sizeBytes: {
      default: null,
      parseHTML: (element) => {
        const size = element.getAttribute(attribute("size-bytes"));
        return size && /^\d{1,15}$/.test(size) ? Number(size) : null;
      },
      renderHTML: ({ sizeBytes }) => (sizeBytes === null ? {} : { [attribute("size-bytes")]: sizeBytes }),
    },
  }),
  parseHTML: () => [{ tag: 'div[data-type="attachment"]' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    "div",
    { ...HTMLAttributes, "data-type": "attachment" },
    String(node.attrs.name),
  ],
  renderText: ({ node }) => String(node.attrs.name),
  addNodeView() {
    return ({ node }) => ({
      dom: face(node, this.options.addressOf),
      stopEvent: ({ target, type }) => type === "click" && target instanceof Element && target.closest("a") !== null,
      ignoreMutation: () => true,
    });
  },
});

function face({ attrs }: ProseMirrorNode, addressOf: Options["addressOf"]): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "file";
  const name = document.createElement("span");
  name.className = "file-name";
  name.textContent = attrs.name;
  const size = document.createElement("span");
  size.className = "file-size";
  size.textContent = attrs.sizeBytes === null ? "" : shownSize(attrs.sizeBytes);
  dom.append(iconOf("file"), name, size);
  const address = addressOf(attrs.attachmentId);
  if (address === null) return dom;
  const link = document.createElement("a");
  link.href = address;
  link.download = attrs.name;
  link.setAttribute("aria-label", `Download ${attrs.name}`);
  // The cursor's way through the text has no stop here; the bar below the text offers the same to the keyboard.
  link.tabIndex = -1;
  link.append(iconOf("download"));
  dom.append(link);
  return dom;
}

export function shownSize(sizeBytes: number): string {
  if (sizeBytes < 1_000) return `${sizeBytes} B`;
  return sizeBytes < 1_000_000 ? `${Math.round(sizeBytes / 1_000)} kB` : `${(sizeBytes / 1_000_000).toFixed(1)} MB`;
}
