"use client";

import type { Editor } from "@tiptap/core";
import { AtSign, Image, Paperclip, Plus, Smile } from "lucide-react";
import { Popover as Primitive } from "radix-ui";
import { useState } from "react";

import { MenuSeparator } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import type { Active } from "./active";
import { PictureContent } from "./picture-form";
import type { Suggestions } from "./suggest";
import { ToolItem, ToolLine, ToolMenu } from "./tool-menu";
import { inserts } from "./tools";

type Props = {
  editor: Editor | null;
  active: Active;
  disabled: boolean;
  /** Asks for files; undefined where the text takes none. */
  onFiles: (() => void) | undefined;
  hasPeople: boolean;
  list: Suggestions;
};

/** What is put into the text rather than made of it. */
export function InsertMenu({ editor, active, disabled, onFiles, hasPeople, list }: Props) {
  const [isPicture, setPicture] = useState(false);
  const type = (character: string) => {
    const before = editor?.state.selection.$from.nodeBefore;
    // The list of names opens behind a space only.
    const space = before && !/\s$/.test(before.text ?? "") ? " " : "";
    editor?.chain().focus().insertContent(`${space}${character}`).run();
  };
  return (
    <Popover open={isPicture} onOpenChange={setPicture}>
      <Primitive.Anchor asChild>
        <span className="inline-flex">
          <ToolMenu label="Insert" face={<Plus aria-hidden />} editor={editor} disabled={disabled}>
            {onFiles && <ToolItem label="Picture or file…" keys="Mod-Alt-a" icon={Paperclip} onSelect={onFiles} />}
            <ToolItem label="Picture by address…" icon={Image} onSelect={() => setPicture(true)} />
            <MenuSeparator />
            {inserts.map((tool) => (
              <ToolLine key={tool.id} tool={tool} editor={editor} active={active} />
            ))}
            <MenuSeparator />
            <ToolItem
              label="Emoji"
              icon={Smile}
              onSelect={() => {
                list.isAsked = true;
                type(":");
              }}
            />
            {hasPeople && <ToolItem label="Mention" icon={AtSign} onSelect={() => type("@")} />}
          </ToolMenu>
        </span>
      </Primitive.Anchor>
      <PictureContent editor={editor} onDone={() => setPicture(false)} />
    </Popover>
  );
}
