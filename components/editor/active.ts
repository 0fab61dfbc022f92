import type { Editor } from "@tiptap/core";
import { redoDepth, undoDepth } from "@tiptap/pm/history";
import { type EditorState, NodeSelection } from "@tiptap/pm/state";
import { useEditorState } from "@tiptap/react";

/** What the cursor is in: what the toolbars show. Small and comparable, because it is asked for at every key. */
export type Active = {
  /** The kinds of nodes around the selection and of the marks on all of it. */
  kinds: readonly string[];
  /** 0 is plain text; undefined is neither text nor heading. */
  level: number | undefined;
  ink: string | null;
  pen: string | null;
  canUndo: boolean;
  canRedo: boolean;
};

// A selection of everything in a large document must not make each key wait.
const mostTexts = 200;

export function activeOf(state: EditorState): Active {
  const { selection } = state;
  const { $from, empty } = selection;
  const kinds = new Set<string>();
  for (let depth = $from.depth; depth > 0; depth -= 1) kinds.add($from.node(depth).type.name);
  if (selection instanceof NodeSelection) kinds.add(selection.node.type.name);

  let marks = empty ? (state.storedMarks ?? $from.marks()) : null;
  if (!empty) {
    let seen = 0;
    state.doc.nodesBetween(selection.from, selection.to, (node) => {
      if (seen >= mostTexts) return false;
      if (!node.isText) return true;
      seen += 1;
      marks = marks === null ? node.marks : marks.filter((mark) => mark.isInSet(node.marks));
      return false;
    });
  }
  let ink: string | null = null;
  let pen: string | null = null;
  for (const { type, attrs } of marks ?? []) {
    kinds.add(type.name);
    if (type.name === "textStyle") ink = attrs.color;
    if (type.name === "highlight") pen = attrs.color ?? "";
  }
  const block = $from.parent;
  return {
    kinds: [...kinds].sort(),
    level: block.type.name === "heading" ? block.attrs.level : block.type.name === "paragraph" ? 0 : undefined,
    ink,
    pen,
    canUndo: undoDepth(state) > 0,
    canRedo: redoDepth(state) > 0,
  };
}

const nothing: Active = { kinds: [], level: 0, ink: null, pen: null, canUndo: false, canRedo: false };

export const useActive = (editor: Editor | null): Active =>
  useEditorState({ editor, selector: ({ editor: current }) => (current ? activeOf(current.state) : nothing) }) ??
  nothing;
