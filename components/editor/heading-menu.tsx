"use client";

import type { Editor } from "@tiptap/core";
import { Heading } from "lucide-react";

import type { Active } from "./active";
import { ToolItem, ToolMenu } from "./tool-menu";

const levels = [1, 2, 3, 4, 5, 6] as const;
type Props = { editor: Editor | null; active: Active; disabled: boolean };

/** Text or a heading of a level. */
export const HeadingMenu = ({ editor, active: { level }, disabled }: Props) => (
  <ToolMenu label="Heading" face={<Heading aria-hidden />} editor={editor} disabled={disabled} isOn={Boolean(level)}>
    <ToolItem label="Text" keys="Mod-Alt-0" isOn={level === 0} onSelect={() => editor?.chain().setParagraph().run()} />
    {levels.map((candidate) => (
      <ToolItem
        key={candidate}
        label={`Heading ${candidate}`}
        keys={`Mod-Alt-${candidate}`}
        isOn={level === candidate}
        onSelect={() => editor?.chain().setHeading({ level: candidate }).run()}
      />
    ))}
  </ToolMenu>
);
