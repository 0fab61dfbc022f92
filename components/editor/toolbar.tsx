"use client";

import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import {
  Bold,
  Code,
  Italic,
  List,
  ListOrdered,
  type LucideIcon,
  SquareCode,
  Strikethrough,
  TextQuote,
} from "lucide-react";
import { Toolbar as Primitive } from "radix-ui";

import { HeadingMenu } from "./heading-menu";
import { LanguageSelect } from "./language-select";
import { LinkPopover } from "./link-popover";
import { toolClass } from "./tool-class";

type Chain = ReturnType<Editor["chain"]>;
type Tool = { name: string; label: string; keys: string; icon: LucideIcon; run: (chain: Chain) => Chain };

const marks: Tool[] = [
  { name: "bold", label: "Bold", keys: "Mod B", icon: Bold, run: (chain) => chain.toggleBold() },
  { name: "italic", label: "Italic", keys: "Mod I", icon: Italic, run: (chain) => chain.toggleItalic() },
  {
    name: "strike",
    label: "Strikethrough",
    keys: "Mod Shift S",
    icon: Strikethrough,
    run: (chain) => chain.toggleStrike(),
  },
  { name: "code", label: "Code", keys: "Mod E", icon: Code, run: (chain) => chain.toggleCode() },
];
const blocks: Tool[] = [
  {
    name: "codeBlock",
    label: "Code block",
    keys: "Mod Alt C",
    icon: SquareCode,
    run: (chain) => chain.toggleCodeBlock(),
  },
  {
    name: "bulletList",
    label: "Bullet list",
    keys: "Mod Shift 8",
    icon: List,
    run: (chain) => chain.toggleBulletList(),
  },
  {
    name: "orderedList",
    label: "Numbered list",
    keys: "Mod Shift 7",
    icon: ListOrdered,
    run: (chain) => chain.toggleOrderedList(),
  },
  {
    name: "blockquote",
    label: "Quote",
    keys: "Mod Shift B",
    icon: TextQuote,
    run: (chain) => chain.toggleBlockquote(),
  },
];

/** The formatting that the document can hold. One tab stop; the arrow keys move inside. */
export function Toolbar({ editor, disabled }: { editor: Editor | null; disabled: boolean }) {
  const active = useEditorState({
    editor,
    selector: ({ editor: current }) =>
      [...marks, ...blocks].filter(({ name }) => current?.isActive(name)).map(({ name }) => name),
  });
  const off = disabled || !editor;

  const button = ({ name, label, keys, icon: Icon, run }: Tool) => (
    <Primitive.Button
      key={name}
      className={toolClass}
      aria-label={label}
      aria-pressed={active?.includes(name) ?? false}
      title={`${label} (${shownKeys(keys)})`}
      disabled={off}
      onClick={() => editor && run(editor.chain().focus()).run()}
    >
      <Icon aria-hidden />
    </Primitive.Button>
  );

  return (
    <Primitive.Root
      aria-label="Formatting"
      className="flex min-h-9 flex-wrap items-center gap-0.5 border-b px-1 py-0.5"
    >
      {marks.map(button)}
      <Divider />
      <HeadingMenu editor={editor} disabled={off} />
      {blocks.map(button)}
      <Divider />
      <LinkPopover editor={editor} disabled={off} />
      <LanguageSelect editor={editor} disabled={off} />
    </Primitive.Root>
  );
}

const Divider = () => <Primitive.Separator className="mx-1 h-4 w-px bg-line max-sm:hidden" />;

const isApple = () => typeof navigator !== "undefined" && /Mac|iP(?:hone|ad)/.test(navigator.platform);
/** Shortcuts as the person's own keyboard names them. */
const shownKeys = (keys: string) =>
  isApple()
    ? keys.replace("Mod", "⌘").replace("Shift", "⇧").replace("Alt", "⌥").replaceAll(" ", "")
    : keys.replace("Mod", "Ctrl").replaceAll(" ", "+");
