import type { Editor } from "@tiptap/core";
import {
  Bold,
  ChevronsDownUp,
  Code,
  Italic,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  MessageSquareWarning,
  Minus,
  Redo2,
  RemoveFormatting,
  SquareCode,
  Strikethrough,
  Subscript,
  Superscript,
  Table,
  TextQuote,
  Underline,
  Undo2,
  WrapText,
} from "lucide-react";

import type { Active } from "./active";
import { around, unwrap } from "./kinds/details";

export type Tool = {
  id: string;
  label: string;
  /** In ProseMirror's words; bound by shortcuts.ts. */
  keys?: string;
  icon: LucideIcon;
  run: (editor: Editor) => boolean;
  isOn?: (active: Active) => boolean;
  isOff?: (active: Active) => boolean;
};

const mark = (id: string, label: string, keys: string, icon: LucideIcon): Tool => ({
  id,
  label,
  keys,
  icon,
  run: (editor) => editor.chain().focus().toggleMark(id).run(),
  isOn: ({ kinds }) => kinds.includes(id),
});
const isIn = (kind: string) => (active: Active) => active.kinds.includes(kind);

export const bold = mark("bold", "Bold", "Mod-b", Bold);
export const italic = mark("italic", "Italic", "Mod-i", Italic);
export const underline = mark("underline", "Underline", "Mod-u", Underline);
export const strike = mark("strike", "Strikethrough", "Mod-Shift-s", Strikethrough);
export const code = mark("code", "Code", "Mod-e", Code);
export const subscript = mark("subscript", "Subscript", "Mod-,", Subscript);
export const superscript = mark("superscript", "Superscript", "Mod-.", Superscript);

export const plain: Tool = {
  id: "plain",
  label: "Clear formatting",
  keys: "Mod-\\",
  icon: RemoveFormatting,
  run: (editor) => editor.chain().focus().unsetAllMarks().run(),
};

const undo: Tool = {
  id: "undo",
  label: "Undo",
  keys: "Mod-z",
  icon: Undo2,
  run: (editor) => editor.chain().focus().undo().run(),
  isOff: ({ canUndo }) => !canUndo,
};
const redo: Tool = {
  id: "redo",
  label: "Redo",
  keys: "Mod-Shift-z",
  icon: Redo2,
  run: (editor) => editor.chain().focus().redo().run(),
  isOff: ({ canRedo }) => !canRedo,
};
const bullets: Tool = {
  id: "bulletList",
  label: "Bullet list",
  keys: "Mod-Shift-8",
  icon: List,
  run: (editor) => editor.chain().focus().toggleBulletList().run(),
  isOn: isIn("bulletList"),
};
const numbers: Tool = {
  id: "orderedList",
  label: "Numbered list",
  keys: "Mod-Shift-7",
  icon: ListOrdered,
  run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  isOn: isIn("orderedList"),
};
const tasks: Tool = {
  id: "taskList",
  label: "Task list",
  keys: "Mod-Shift-9",
  icon: ListChecks,
  run: (editor) => editor.chain().focus().toggleTaskList().run(),
  isOn: isIn("taskList"),
};
const quote: Tool = {
  id: "blockquote",
  label: "Quote",
  keys: "Mod-Shift-b",
  icon: TextQuote,
  run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  isOn: isIn("blockquote"),
};
const codeBlock: Tool = {
  id: "codeBlock",
  label: "Code block",
  keys: "Mod-Alt-c",
  icon: SquareCode,
  run: (editor) => editor.chain().focus().toggleCodeBlock().run(),
  isOn: isIn("codeBlock"),
};

/** The buttons of the toolbar in their order; `rank` says which stay where there is little room. */
export const buttons: readonly { tool: Tool; rank: number }[] = [
  { tool: undo, rank: 11 },
  { tool: redo, rank: 12 },
  { tool: bold, rank: 1 },
  { tool: italic, rank: 2 },
  { tool: underline, rank: 8 },
  { tool: strike, rank: 9 },
  { tool: code, rank: 3 },
  { tool: bullets, rank: 4 },
  { tool: numbers, rank: 6 },
  { tool: tasks, rank: 5 },
  { tool: quote, rank: 10 },
  { tool: codeBlock, rank: 7 },
];

/** What is rare enough to stand in the menu alone. */
export const extras: readonly Tool[] = [subscript, superscript, plain];

export const inserts: readonly Tool[] = [
  {
    id: "table",
    label: "Table",
    keys: "Mod-Alt-t",
    icon: Table,
    // No table in a table: hardly any tracker has them.
    run: (editor) =>
      !editor.isActive("table") && editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    isOff: isIn("table"),
  },
  {
    id: "panel",
    label: "Panel",
    keys: "Mod-Alt-p",
    icon: MessageSquareWarning,
    run: (editor) => editor.chain().focus().toggleWrap("panel").run(),
    isOn: isIn("panel"),
  },
  {
    id: "details",
    label: "Details",
    keys: "Mod-Alt-d",
    icon: ChevronsDownUp,
    run: (editor) => (around(editor) ? unwrap(editor, true) : insertDetails(editor)),
    isOn: isIn("details"),
  },
  {
    id: "horizontalRule",
    label: "Dividing line",
    keys: "Mod-Alt--",
    icon: Minus,
    run: (editor) => editor.chain().focus().setHorizontalRule().run(),
  },
  {
    id: "hardBreak",
    label: "Line break",
    keys: "Shift-Enter",
    icon: WrapText,
    run: (editor) => editor.chain().focus().setHardBreak().run(),
  },
];

/** What is selected goes into the details; the cursor goes to the summary that has to be written. */
function insertDetails(editor: Editor): boolean {
  const { $from, $to } = editor.state.selection;
  const range = $from.blockRange($to);
  if (!range) return false;
  return editor
    .chain()
    .focus()
    .command(({ tr, state }) => {
      const { details, detailsSummary, detailsContent } = state.schema.nodes;
      if (!details || !detailsSummary || !detailsContent) return false;
      const inside: (typeof range.parent)[] = [];
      range.parent.forEach((child, _, index) => {
        if (index >= range.startIndex && index < range.endIndex) inside.push(child);
      });
      if (!range.parent.canReplaceWith(range.startIndex, range.endIndex, details)) return false;
      const made = details.create({ open: true }, [detailsSummary.create(), detailsContent.create(null, inside)]);
      tr.replaceWith(range.start, range.end, made);
      return true;
    })
    .setTextSelection(range.start + 2)
    .run();
}

/** Everything with a shortcut of ours. */
export const allTools: readonly Tool[] = [...buttons.map(({ tool }) => tool), ...extras, ...inserts];
