"use client";

import { EditorContent, useEditor } from "@tiptap/react";
import { useEffect, useMemo, useRef } from "react";

import { cn } from "@/components/ui/cn";
import type { RichDoc } from "@/lib/richtext/doc";
import { extensions, highlight } from "./extensions";
import { readDoc } from "./read-doc";
import { Toolbar } from "./toolbar";
import "./editor.css";

export type EditorProps = {
  value: RichDoc;
  onChange: (doc: RichDoc) => void;
  /** The name that screen readers say. */
  label: string;
  disabled?: boolean | undefined;
  placeholder?: string | undefined;
  /** Ctrl or Command with Enter. */
  onSubmit?: (() => void) | undefined;
  describedBy?: string | undefined;
};

/** Rich text as trackers can show it. Load it through lazy-editor.tsx, so that a page pays for it on first use. */
export default function Editor({
  value,
  onChange,
  label,
  disabled,
  placeholder = "",
  onSubmit,
  describedBy,
}: EditorProps) {
  // The editor is created once; what it calls and shows is always the latest.
  const latest = useRef({ onChange, onSubmit, label, describedBy });
  latest.current = { onChange, onSubmit, label, describedBy };
  const shown = useRef(value);
  const kinds = useMemo(() => extensions(placeholder), [placeholder]);

  const editor = useEditor({
    extensions: kinds,
    content: value,
    editable: !disabled,
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    injectCSS: false,
    editorProps: {
      attributes: () => ({
        class: "rich-text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": latest.current.label,
        ...(latest.current.describedBy && { "aria-describedby": latest.current.describedBy }),
      }),
      handleKeyDown: (_, event) => {
        if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || !latest.current.onSubmit) return false;
        latest.current.onSubmit();
        return true;
      },
    },
    onCreate: ({ editor: created }) => void highlight(created),
    onUpdate: ({ editor: updated }) => {
      shown.current = readDoc(updated);
      latest.current.onChange(shown.current);
    },
  });

  useEffect(() => {
    editor?.setEditable(!disabled, false);
  }, [editor, disabled]);

  useEffect(() => {
    // A document from elsewhere (a draft that arrived) replaces ours; our own coming back through the props must not.
    if (!editor || value === shown.current) return;
    shown.current = value;
    editor.commands.setContent(value, { emitUpdate: false });
  }, [editor, value]);

  return (
    <div
      className={cn(
        "flex min-h-56 flex-col rounded-md border border-line-strong bg-surface focus-within:border-accent",
        disabled && "opacity-60",
      )}
    >
      <Toolbar editor={editor} disabled={disabled ?? false} />
      <EditorContent editor={editor} className="flex max-h-96 grow flex-col overflow-y-auto px-3 py-2" />
    </div>
  );
}
