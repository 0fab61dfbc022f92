"use client";

import type { Editor } from "@tiptap/core";
import type { RefObject } from "react";

import { addFiles } from "./uploads";

type Props = { editor: Editor | null; input: RefObject<HTMLInputElement | null> };

/** The browser's own way to choose files; buttons and keys open it. */
export const FileInput = ({ editor, input }: Props) => (
  <input
    ref={input}
    type="file"
    multiple
    hidden
    aria-label="Files for the text"
    onChange={({ target }) => {
      if (editor) addFiles(editor, [...(target.files ?? [])]);
      // The same file can be chosen again.
      target.value = "";
      editor?.commands.focus();
    }}
  />
);
