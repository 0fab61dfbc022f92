import { type Editor, Node } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";

/** What unfolds below its summary. Folded here is folded in the tracker: `open` is a part of the document. */
export const Details = Node.create({
  name: "details",
  group: "block",
  content: "detailsSummary detailsContent",
  defining: true,
  isolating: true,
  addAttributes: () => ({
    open: {
      default: false,
      parseHTML: (element) => element.hasAttribute("open"),
      renderHTML: ({ open }) => (open ? { open: "" } : {}),
    },
  }),
  parseHTML: () => [{ tag: "details" }],
  renderHTML: ({ HTMLAttributes }) => ["details", HTMLAttributes, 0],
  // Not the browser's <details>: it folds at every click and space that is meant for the text of the summary.
  addNodeView() {
    return ({ editor, getPos, node }) => {
      const dom = document.createElement("div");
      const fold = document.createElement("button");
      const contentDOM = document.createElement("div");
      dom.className = "details";
      fold.type = "button";
      fold.contentEditable = "false";
      const show = (open: boolean) => {
        dom.dataset.open = String(open);
        fold.setAttribute("aria-expanded", String(open));
        fold.setAttribute("aria-label", open ? "Fold the details" : "Unfold the details");
      };
      show(node.attrs.open === true);
      fold.addEventListener("mousedown", (event) => event.preventDefault());
      fold.addEventListener("click", () => {
        const at = getPos();
        if (at !== undefined && editor.isEditable) toggle(editor, at);
      });
      dom.append(fold, contentDOM);
      return {
        dom,
        contentDOM,
        update(updated) {
          if (updated.type !== node.type) return false;
          show(updated.attrs.open === true);
          return true;
        },
        stopEvent: ({ target }) => target === fold,
        ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
      };
    };
  },
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => enter(editor),
      Backspace: ({ editor }) => unwrap(editor),
      "Mod-Alt-.": ({ editor }) => {
        const found = around(editor);
        return found ? toggle(editor, found.at) : false;
      },
    };
  },
});

export const Summary = Node.create({
  name: "detailsSummary",
  content: "inline*",
  defining: true,
  isolating: true,
  parseHTML: () => [{ tag: "summary" }],
  renderHTML: () => ["summary", 0],
  addNodeView() {
    return () => {
      const dom = document.createElement("div");
      dom.className = "details-summary";
      return { dom, contentDOM: dom };
    };
  },
});

export const DetailsContent = Node.create({
  name: "detailsContent",
  content: "block+",
  defining: true,
  parseHTML: () => [{ tag: 'div[data-type="detailsContent"]' }],
  renderHTML: () => ["div", { "data-type": "detailsContent", class: "details-content" }, 0],
});

/** The details that the cursor is in. */
export function around(editor: Editor) {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type.name === "details") return { node, at: $from.before(depth), depth };
  }
  return null;
}

/** Folds or unfolds. A cursor in what is folded away goes to the summary. */
export function toggle(editor: Editor, at: number): boolean {
  return editor.commands.command(({ tr, dispatch }) => {
    const node = tr.doc.nodeAt(at);
    if (node?.type.name !== "details") return false;
    if (!dispatch) return true;
    tr.setNodeAttribute(at, "open", !node.attrs.open);
    const afterSummary = at + 1 + (node.firstChild?.nodeSize ?? 0);
    const { from } = tr.selection;
    if (node.attrs.open && from > afterSummary && from < at + node.nodeSize)
      tr.setSelection(TextSelection.create(tr.doc, afterSummary - 1));
    return true;
  });
}

/** From the summary into what it unfolds; from an empty last line out of the details. */
function enter(editor: Editor): boolean {
  const { $from, empty } = editor.state.selection;
  const found = around(editor);
  if (!found) return false;
  if ($from.parent.type.name === "detailsSummary") {
    return editor.commands.command(({ tr }) => {
      tr.setNodeAttribute(found.at, "open", true);
      tr.setSelection(TextSelection.near(tr.doc.resolve($from.after() + 1)));
      tr.scrollIntoView();
      return true;
    });
  }
  const isLastLine =
    empty &&
    $from.depth === found.depth + 2 &&
    $from.parent.type.name === "paragraph" &&
    $from.parent.content.size === 0 &&
    $from.index(found.depth + 1) === $from.node(found.depth + 1).childCount - 1 &&
    $from.node(found.depth + 1).childCount > 1;
  if (!isLastLine) return false;
  return editor.commands.command(({ tr, state }) => {
    tr.delete($from.before(), $from.after());
    const after = tr.mapping.map(found.at + found.node.nodeSize);
    const line = state.schema.nodes.paragraph;
    if (!line) return false;
    tr.insert(after, line.create());
    tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView();
    return true;
  });
}

/** At the start of a summary, Backspace takes the details away and leaves what they held. */
export function unwrap(editor: Editor, anywhere = false): boolean {
  const { $from, empty } = editor.state.selection;
  const found = around(editor);
  if (!found) return false;
  const atStart = empty && $from.parent.type.name === "detailsSummary" && $from.parentOffset === 0;
  if (!atStart && !anywhere) return false;
  return editor.commands.command(({ tr, state }) => {
    const [summary, content] = [found.node.child(0), found.node.child(1)];
    const line = state.schema.nodes.paragraph?.create(null, summary.content);
    if (!line) return false;
    tr.replaceWith(found.at, found.at + found.node.nodeSize, content.content.addToStart(line));
    tr.setSelection(TextSelection.near(tr.doc.resolve(found.at + 1)));
    return true;
  });
}
