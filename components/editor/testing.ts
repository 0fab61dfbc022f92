import { Editor, type Extensions } from "@tiptap/core";

import type { RichDoc } from "@/lib/richtext/doc";
import { extensions } from "./extensions";
import { forEditor } from "./for-editor";

/** An editor on the page, as the tests drive it. */
export function openEditor(doc: RichDoc | string = "", more: Extensions = []): Editor {
  const element = document.createElement("div");
  document.body.append(element);
  return new Editor({
    element,
    extensions: [...extensions("", (id) => `/files/${id}`), ...more],
    content: typeof doc === "string" ? doc : forEditor(doc),
    injectCSS: false,
    enablePasteRules: false,
  });
}

/** Types as a keyboard does, one character after the other, so that input rules see it. */
export function type(editor: Editor, text: string): void {
  for (const character of text) {
    const { view } = editor;
    const { from, to } = view.state.selection;
    const insert = () => view.state.tr.insertText(character, from, to);
    const isTaken = view.someProp("handleTextInput", (take) => take(view, from, to, character, insert));
    if (!isTaken) view.dispatch(insert());
  }
}

/** Presses a key; whether the editor took it. */
export function press(editor: Editor, key: string, keys: Partial<KeyboardEventInit> = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...keys });
  return editor.view.someProp("handleKeyDown", (take) => take(editor.view, event)) === true;
}
