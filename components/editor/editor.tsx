"use client";

import type { Editor as TipTap } from "@tiptap/core";
import type { EditorView } from "@tiptap/pm/view";
import { EditorContent, useEditor } from "@tiptap/react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

import { cn } from "@/components/ui/cn";
import type { RichDoc } from "@/lib/richtext/doc";
import { useActive } from "./active";
import { Clipboard, foreign } from "./clipboard";
import { ContextBar } from "./context-bar";
import { extensions } from "./extensions";
import { FileInput } from "./file-input";
import { forEditor } from "./for-editor";
import { highlight } from "./kinds/code-block";
import { pace } from "./pace";
import { readDoc } from "./read-doc";
import { Shortcuts } from "./shortcuts";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { type SearchPeople, Suggest, Suggestions } from "./suggest";
import { SuggestionList } from "./suggestion-list";
import { Toolbar } from "./toolbar";
import { type Upload, UploadPlaces } from "./uploads";
import "./editor.css";
import "./kinds.css";

export type EditorProps = {
  value: RichDoc;
  /** Told at once; of a large document after a pause in typing, and always before it is sent, left or closed. */
  onChange: (doc: RichDoc) => void;
  /** The name that screen readers say. */
  label: string;
  disabled?: boolean | undefined;
  placeholder?: string | undefined;
  /** Ctrl or Command with Enter. */
  onSubmit?: (() => void) | undefined;
  describedBy?: string | undefined;
  /** Stores a file that was pasted, dropped or chosen. Without it files are refused. */
  upload?: Upload | undefined;
  /** How many files are on their way, or wait to be tried again or given up. */
  onUploads?: ((pending: number) => void) | undefined;
  /** Where files of ours are fetched. */
  addressOf?: ((attachmentId: string) => string) | undefined;
  /** Looks for people to mention, of the tracker that `integrationId` names. Without it `@` is a sign like others. */
  searchPeople?: SearchPeople | undefined;
  integrationId?: string | undefined;
};

/** Rich text as trackers can show it. Load it through lazy-editor.tsx, so that a page pays for it on first use. */
export default function Editor(props: EditorProps) {
  const { value, disabled = false, addressOf = null } = props;
  // The editor is created once; what it calls and shows is always the latest.
  const latest = useRef(props);
  latest.current = props;
  const shown = useRef(value);
  const box = useRef<HTMLDivElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const openLink = useRef<(() => void) | null>(null);
  const created = useRef<TipTap | null>(null);
  const [news, setNews] = useState("");
  const [isHelp, setHelp] = useState(false);
  const [list] = useState(() => new Suggestions());

  const [changes] = useState(() =>
    pace(() => {
      if (!created.current) return;
      shown.current = readDoc(created.current);
      latest.current.onChange(shown.current);
    }),
  );
  // Made once: TipTap compares its options at every rendering and sets anew what is not the very same.
  const [options] = useState(() => ({
    extensions: [
      ...extensions(props.placeholder ?? "", (id) => latest.current.addressOf?.(id) ?? null),
      Clipboard,
      UploadPlaces.configure({
        upload: () => latest.current.upload,
        onNews: (pending, words) => {
          setNews(words);
          latest.current.onUploads?.(pending);
        },
      }),
      Suggest.configure({
        list,
        searchPeople: () => latest.current.searchPeople,
        integrationId: () => latest.current.integrationId,
      }),
      Shortcuts.configure({
        onHelp: () => setHelp(true),
        onLink: () => openLink.current?.(),
        onFiles: () => latest.current.upload && files.current?.click(),
        onToolbar: () => focusToolbar(box.current),
      }),
    ],
    content: forEditor(value),
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    injectCSS: false,
    // What is pasted is read by clipboard.ts; a second reading would find marks in text that means none.
    enablePasteRules: false,
    editorProps: {
      attributes: () => ({
        class: "rich-text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": latest.current.label,
        ...(latest.current.describedBy && { "aria-describedby": latest.current.describedBy }),
      }),
      handleKeyDown: (_: EditorView, event: KeyboardEvent) => {
        const isMod = event.metaKey || event.ctrlKey;
        // The palette of the page listens to the same keys.
        if (isMod && event.key === "k") event.stopPropagation();
        if (event.key !== "Enter" || !isMod || !latest.current.onSubmit) return false;
        // The form has to know the last words before it is asked to send them.
        flushSync(changes.flush);
        latest.current.onSubmit();
        return true;
      },
    },
    onBeforeCreate: ({ editor: made }: { editor: TipTap }) => {
      created.current = made;
    },
    onCreate: ({ editor: made }: { editor: TipTap }) => {
      void highlight(made);
      void foreign();
    },
    onUpdate: changes.changed,
    onBlur: changes.flush,
  }));
  const editor = useEditor({ ...options, editable: !disabled });
  const active = useActive(editor);

  useEffect(() => {
    editor?.setEditable(!disabled, false);
  }, [editor, disabled]);

  useEffect(() => {
    // A document from elsewhere (a draft that arrived) replaces ours; our own coming back through the props must not.
    if (!editor || value === shown.current) return;
    shown.current = value;
    changes.forget();
    editor.commands.setContent(forEditor(value), { emitUpdate: false });
  }, [editor, value, changes]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isInBar = event.target instanceof Element && event.target.closest("[data-editor-toolbar]") !== null;
      if (event.key !== "Escape" || !isInBar || !box.current?.contains(event.target as Node)) return; // an Element is a Node
      event.preventDefault();
      event.stopPropagation();
      editor?.commands.focus();
    };
    // At the window and before all others: a dialog around the editor would close at the same key.
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [editor]);

  // A layout effect: it runs before the form around it saves for the last time.
  useLayoutEffect(() => {
    document.addEventListener("visibilitychange", changes.flush);
    window.addEventListener("pagehide", changes.flush);
    return () => {
      document.removeEventListener("visibilitychange", changes.flush);
      window.removeEventListener("pagehide", changes.flush);
      changes.flush();
    };
  }, [changes]);

  const onFiles = props.upload && (() => files.current?.click());
  return (
    <div
      ref={box}
      className={cn(
        "flex min-h-56 flex-col rounded-md border border-line-strong bg-surface focus-within:border-accent",
        disabled && "opacity-60",
      )}
    >
      <Toolbar
        editor={editor}
        active={active}
        disabled={disabled}
        openLink={openLink}
        onFiles={onFiles}
        hasPeople={props.searchPeople !== undefined}
        list={list}
      />
      <EditorContent editor={editor} className="flex max-h-96 grow flex-col overflow-y-auto px-3 py-2" />
      <ContextBar
        editor={editor}
        active={active}
        disabled={disabled}
        addressOf={addressOf}
        news={news}
        onHelp={() => setHelp(true)}
      />
      <SuggestionList editor={editor} list={list} />
      <FileInput editor={editor} input={files} />
      <ShortcutsDialog
        isOpen={isHelp}
        onClose={() => setHelp(false)}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          editor?.commands.focus();
        }}
      />
    </div>
  );
}

/** To the toolbar of what the cursor is in, where there is one; else to the first. */
function focusToolbar(box: HTMLElement | null): boolean {
  const bars = [...(box?.querySelectorAll<HTMLElement>("[data-editor-toolbar]") ?? [])];
  const target = bars.at(-1)?.querySelector<HTMLElement>("button:not(:disabled), select, a");
  target?.focus();
  return target !== undefined;
}
