import type { Editor } from "@tiptap/core";
import { CodeBlockLowlight } from "@tiptap/extension-code-block-lowlight";
import { createLowlight } from "lowlight";

type Root = ReturnType<ReturnType<typeof createLowlight>["highlight"]>;

const lowlight = createLowlight();
const inOneColour = (value: string): Root => ({ type: "root", children: [{ type: "text", value }] });

/** Longer code stays in one colour: each of its words would be an element of the page. */
const mostColoured = 20_000;
const mostKept = 50;
/** The plugin asks for every block of code of the document at each key in one of them. */
const kept = new Map<string, Root>();

function coloured(language: string, text: string): Root {
  if (text.length > mostColoured) return inOneColour(text);
  const key = `${language}\n${text}`;
  const known = kept.get(key) ?? lowlight.highlight(language, text);
  kept.delete(key);
  kept.set(key, known);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return known;
}

const highlighter = {
  ...lowlight,
  highlight: coloured,
  // Guessing tries every grammar on text that is mostly stack traces: slow, and wrong colours.
  highlightAuto: inOneColour,
};

export const CodeBlock = CodeBlockLowlight.configure({ lowlight: highlighter });

/** Fetches the grammars and colours what is already written. */
export async function highlight(editor: Editor): Promise<void> {
  const { common } = await import("../grammars");
  lowlight.register(common);
  if (editor.isDestroyed) return;
  // The plugin colours on edits only, so it is put in anew once there is something to colour with.
  const plugin = editor.state.plugins.find((candidate) =>
    String(Reflect.get(candidate, "key")).startsWith("lowlight$"),
  );
  if (!plugin) return;
  editor.view.updateState(
    editor.state.reconfigure({ plugins: editor.state.plugins.filter((other) => other !== plugin) }),
  );
  editor.registerPlugin(plugin);
}
