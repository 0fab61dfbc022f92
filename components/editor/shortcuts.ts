import { Extension } from "@tiptap/core";

import { allTools } from "./tools";

type Options = { onHelp: () => void; onLink: () => void; onFiles: () => void; onToolbar: () => boolean };

/** The keys of the toolbars' tables, and those that lead out of the text. */
export const Shortcuts = Extension.create<Options>({
  name: "shortcuts",
  // Before the extensions' own, so that what the table says holds.
  priority: 200,
  addOptions: () => ({
    onHelp: () => undefined,
    onLink: () => undefined,
    onFiles: () => undefined,
    onToolbar: () => false,
  }),
  addKeyboardShortcuts() {
    const { onHelp, onLink, onFiles, onToolbar } = this.options;
    const done = (act: () => void) => () => {
      act();
      return true;
    };
    const bound = allTools.flatMap(({ keys, id, run }) =>
      // The line break's own extension knows where a break may stand.
      keys && id !== "hardBreak" ? [[keys, () => run(this.editor)] as const] : [],
    );
    return {
      ...Object.fromEntries(bound),
      "Mod-k": done(onLink),
      "Mod-Alt-a": done(onFiles),
      "Mod-/": done(onHelp),
      "Alt-F10": onToolbar,
    };
  },
});

type Line = { what: string; keys?: string; markdown?: string };

/** What the help lists beside the tools: keys that belong to no button, and Markdown that becomes what it means. */
export const furtherKeys: readonly Line[] = [
  { what: "Link", keys: "Mod-k", markdown: "[text](address)" },
  { what: "Add files", keys: "Mod-Alt-a" },
  { what: "Paste as plain text", keys: "Mod-Shift-v" },
  { what: "Text, heading 1 to 6", keys: "Mod-Alt-0 … 6", markdown: "## " },
  { what: "Highlight", keys: "Mod-Shift-h" },
  { what: "Next cell, item further in", keys: "Tab" },
  { what: "Previous cell, item further out", keys: "Shift-Tab" },
  { what: "Task done or not", keys: "Mod-Alt-x", markdown: "[x] " },
  { what: "Fold or unfold details", keys: "Mod-Alt-." },
  { what: "To the toolbar, and on to that of a table", keys: "Alt-F10" },
  { what: "From a toolbar back to the text", keys: "Escape" },
  { what: "Picture", markdown: "![name](address)" },
  { what: "Emoji", markdown: ":tada:" },
];

/** The Markdown of tools, by their id. */
export const markdownOf: Readonly<Record<string, string>> = {
  bold: "**bold**",
  italic: "_italic_",
  strike: "~~struck~~",
  code: "`code`",
  bulletList: "- ",
  orderedList: "1. ",
  taskList: "[] ",
  blockquote: "> ",
  codeBlock: "``` ",
  horizontalRule: "---",
};
