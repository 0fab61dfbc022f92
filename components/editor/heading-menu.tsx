"use client";

import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { Check, Heading } from "lucide-react";
import { Toolbar as Primitive } from "radix-ui";

import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { toolClass } from "./tool-class";

const levels = [1, 2, 3, 4, 5, 6] as const;

/** Text or a heading of a level. */
export function HeadingMenu({ editor, disabled }: { editor: Editor | null; disabled: boolean }) {
  const level = useEditorState({
    editor,
    // 0 is plain text; a code block is neither.
    selector: ({ editor: current }) =>
      current?.isActive("paragraph")
        ? 0
        : levels.find((candidate) => current?.isActive("heading", { level: candidate })),
  });
  return (
    <Menu>
      <Primitive.Button asChild disabled={disabled}>
        <MenuTrigger className={toolClass} aria-label="Heading" aria-pressed={Boolean(level)} title="Heading">
          <Heading aria-hidden />
        </MenuTrigger>
      </Primitive.Button>
      {/* Focus goes back to the text, where the choice is seen, not to the button. */}
      <MenuContent
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          editor?.commands.focus();
        }}
      >
        <MenuItem onSelect={() => editor?.chain().setParagraph().run()}>
          <Chosen when={level === 0} />
          Text
        </MenuItem>
        {levels.map((candidate) => (
          <MenuItem key={candidate} onSelect={() => editor?.chain().setHeading({ level: candidate }).run()}>
            <Chosen when={level === candidate} />
            Heading {candidate}
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
}

const Chosen = ({ when }: { when: boolean }) => <Check aria-hidden className={when ? "" : "invisible"} />;
