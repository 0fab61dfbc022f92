import type { Editor, Extensions } from "@tiptap/core";
import { CodeBlockLowlight } from "@tiptap/extension-code-block-lowlight";
import { Placeholder } from "@tiptap/extension-placeholder";
import { StarterKit } from "@tiptap/starter-kit";
import { createLowlight } from "lowlight";

import { safeHref } from "@/lib/richtext/href";

const lowlight = createLowlight();
const highlighter = {
  ...lowlight,
  // Guessing tries every grammar on text that is mostly stack traces: slow, and wrong colours.
  highlightAuto: (text: string) => ({ type: "root", children: [{ type: "text", value: text }] }),
};

/** Exactly the kinds of lib/richtext/doc.ts; a test compares the two. */
export const extensions = (placeholder: string): Extensions => [
  StarterKit.configure({
    codeBlock: false,
    underline: false,
    trailingNode: false,
    link: {
      openOnClick: false,
      defaultProtocol: "https",
      isAllowedUri: (url) => safeHref(url) !== null,
      HTMLAttributes: { rel: "noopener noreferrer nofollow", target: "_blank" },
    },
  }),
  CodeBlockLowlight.configure({ lowlight: highlighter }),
  Placeholder.configure({ placeholder }),
];

/** Fetches the grammars and colours what is already written. */
export async function highlight(editor: Editor): Promise<void> {
  const { common } = await import("./grammars");
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
