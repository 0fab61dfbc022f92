"use client";

import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { Toolbar as Primitive } from "radix-ui";

/** The languages that failed tests are written in, as GitHub and highlight.js both call them. */
const languages: Record<string, string> = {
  "": "Plain text",
  bash: "Bash",
  c: "C",
  cpp: "C++",
  csharp: "C#",
  css: "CSS",
  diff: "Diff",
  go: "Go",
  java: "Java",
  javascript: "JavaScript",
  json: "JSON",
  kotlin: "Kotlin",
  php: "PHP",
  python: "Python",
  ruby: "Ruby",
  rust: "Rust",
  sql: "SQL",
  swift: "Swift",
  typescript: "TypeScript",
  xml: "HTML, XML",
  yaml: "YAML",
};

/** The language of the code block that the cursor is in. */
export function LanguageSelect({ editor, disabled }: { editor: Editor | null; disabled: boolean }) {
  const language = useEditorState({
    editor,
    selector: ({ editor: current }) => {
      if (!current?.isActive("codeBlock")) return null;
      const chosen: unknown = current.getAttributes("codeBlock").language;
      return typeof chosen === "string" ? chosen : "";
    },
  });
  if (language === null) return null;
  return (
    <Primitive.Button asChild disabled={disabled}>
      <select
        aria-label="Language of the code block"
        className="h-6 rounded border border-line-strong bg-surface px-1 text-meta"
        value={language}
        onChange={(event) =>
          editor
            ?.chain()
            .focus()
            .updateAttributes("codeBlock", { language: event.target.value || null })
            .run()
        }
      >
        {!(language in languages) && <option value={language}>{language}</option>}
        {Object.entries(languages).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Primitive.Button>
  );
}
