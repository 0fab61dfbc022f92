import { type Editor, Extension } from "@tiptap/core";
import { DOMSerializer, type Fragment, type Schema, Slice } from "@tiptap/pm/model";
import { Plugin, Selection } from "@tiptap/pm/state";
import type { EditorProps } from "@tiptap/pm/view";

import { docFromText } from "@/lib/richtext/build";
import type { RichDoc } from "@/lib/richtext/doc";
import { safeHref } from "@/lib/richtext/href";
import { forEditor } from "./for-editor";
import { addFiles } from "./uploads";

const ours = "data-faultline";

/** Reads what other programs copy. As large as a parser of HTML is, so it is fetched when the editor is already usable. */
export const foreign = () => import("@/lib/richtext/paste/doc-from-clipboard");

/** Marks what is copied here: other editors are made of ProseMirror too, and theirs is to be read as foreign. */
class OwnSerializer extends DOMSerializer {
  constructor(schema: Schema) {
    super(DOMSerializer.nodesFromSchema(schema), DOMSerializer.marksFromSchema(schema));
  }

  override serializeFragment(...given: Parameters<DOMSerializer["serializeFragment"]>) {
    const dom = super.serializeFragment(...given);
    // ProseMirror also asks for the inside of each node, into a target of its own; only the whole is marked.
    if (!given[2] && "children" in dom) dom.children[0]?.setAttribute(ours, "");
    return dom;
  }
}

/** How what is copied, pasted and dropped goes in and out. */
export const Clipboard = Extension.create({
  name: "clipboard",
  // Before the others: TipTap's own would take what is pasted for text with marks in it.
  priority: 150,
  addProseMirrorPlugins() {
    const { editor } = this;
    let isPlain = false;
    const props: EditorProps = {
      clipboardSerializer: new OwnSerializer(editor.schema),
      handleDOMEvents: {
        keydown: (_, event) => {
          isPlain = event.shiftKey && (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "v";
          return false;
        },
      },
      handlePaste: (_, event) => {
        const asPlain = isPlain;
        isPlain = false;
        return event.clipboardData !== null && paste(editor, event.clipboardData, asPlain);
      },
      handleDrop: (view, event, _, isMoved) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        if (isMoved || files.length === 0) return false;
        addFiles(editor, files, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos);
        event.preventDefault();
        return true;
      },
    };
    return [new Plugin({ props })];
  },
});

function paste(editor: Editor, data: DataTransfer, asPlain: boolean): boolean {
  const html = data.getData("text/html");
  const text = data.getData("text/plain");
  const files = [...data.files];
  // A spreadsheet and a word processor add a picture of what they also give as text; the text is worth more.
  if (files.length > 0 && !asPlain && !saysSomething(html, text)) {
    addFiles(editor, files);
    return true;
  }
  const { selection } = editor.state;
  if (selection.$from.parent.type.spec.code) return false;
  if (asPlain) return put(editor, docFromText(text));
  if (html.includes(ours)) return false;
  // An address over a selection links it, which the link itself does.
  if (!selection.empty && safeHref(text.trim()) !== null) return false;
  void foreign().then(({ docFromClipboard }) => {
    if (!editor.isDestroyed) put(editor, docFromClipboard({ html, text }) ?? docFromText(text));
  });
  return true;
}

const saysSomething = (html: string, text: string) =>
  text.trim() !== "" ||
  html
    .replace(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->|<[^>]*>/gi, "")
    .replace(/&nbsp;/g, " ")
    .trim() !== "";

function put(editor: Editor, doc: RichDoc): boolean {
  const { schema, tr } = editor.state;
  const fragment = schema.nodeFromJSON(forEditor(doc)).content;
  const { $from, empty } = tr.selection;
  // An empty line makes place for what cannot join it, such as a table; else it would stay above.
  const isSpare = empty && $from.depth > 0 && $from.parent.type.name === "paragraph" && $from.parent.content.size === 0;
  const range = $from.blockRange();
  if (isSpare && range && !joins(fragment) && range.parent.canReplace(range.startIndex, range.endIndex, fragment))
    tr.replaceWith(range.start, range.end, fragment).setSelection(
      Selection.near(tr.doc.resolve(range.start + fragment.size), -1),
    );
  else tr.replaceSelection(openly(fragment));
  editor.view.dispatch(tr.scrollIntoView());
  return true;
}

/** Whether its first block is a line, which may join the line that it is pasted into. */
const joins = (fragment: Fragment) => fragment.firstChild?.isTextblock !== false;

/** Open at both ends, so that the first and the last line join the lines that they are pasted into. */
const openly = (fragment: Fragment) => Slice.maxOpen(fragment, true);
