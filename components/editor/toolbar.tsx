"use client";

import type { Editor } from "@tiptap/core";
import { Ellipsis } from "lucide-react";
import { Toolbar as Primitive } from "radix-ui";
import { type RefObject, useRef } from "react";

import { MenuSeparator } from "@/components/ui/menu";
import type { Active } from "./active";
import { ColourMenu } from "./colour-menu";
import { HeadingMenu } from "./heading-menu";
import { InsertMenu } from "./insert-menu";
import { LinkPopover } from "./link-popover";
import type { Suggestions } from "./suggest";
import { Divider, ToolButton } from "./tool-button";
import { ToolLine, ToolMenu } from "./tool-menu";
import { buttons, extras } from "./tools";
import { useRoom } from "./use-room";

const buttonWidth = 30;
/** The five menus that stay, the toolbar's own padding, and the lines between the groups. */
const menusWidth = 5 * buttonWidth + 12;
const dividersWidth = 4 * 11;

type Props = {
  editor: Editor | null;
  active: Active;
  disabled: boolean;
  openLink: RefObject<(() => void) | null>;
  onFiles: (() => void) | undefined;
  hasPeople: boolean;
  list: Suggestions;
};

/** The formatting that the document can hold. One tab stop; the arrow keys move inside. What has no room is in a menu. */
export function Toolbar({ editor, active, disabled, openLink, onFiles, hasPeople, list }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const room = useRoom(bar, buttonWidth, menusWidth);
  const isWide = room * buttonWidth >= buttons.length * buttonWidth + dividersWidth;
  const off = disabled || !editor;
  const fits = ({ rank }: { rank: number }) => isWide || rank <= room;
  const group = (from: number, to: number) =>
    buttons
      .slice(from, to)
      .filter(fits)
      .map(({ tool }) => <ToolButton key={tool.id} tool={tool} editor={editor} active={active} disabled={off} />);
  const hidden = buttons.filter((button) => !fits(button));
  const line = isWide && <Divider />;

  return (
    <Primitive.Root
      ref={bar}
      aria-label="Formatting"
      data-editor-toolbar=""
      // In sight wherever the dialog around it has scrolled to, whose padding it covers.
      className="sticky -top-2 z-10 flex min-h-9 items-center gap-0.5 rounded-t-md border-b bg-surface px-1 py-0.5"
    >
      {group(0, 2)}
      {line}
      <HeadingMenu editor={editor} active={active} disabled={off} />
      {group(2, 7)}
      <ColourMenu editor={editor} active={active} disabled={off} />
      {line}
      {group(7, 10)}
      {line}
      {group(10, 12)}
      <LinkPopover editor={editor} disabled={off} opener={openLink} />
      {line}
      <InsertMenu editor={editor} active={active} disabled={off} onFiles={onFiles} hasPeople={hasPeople} list={list} />
      <ToolMenu label="More formatting" face={<Ellipsis aria-hidden />} editor={editor} disabled={off}>
        {hidden.map(({ tool }) => (
          <ToolLine key={tool.id} tool={tool} editor={editor} active={active} />
        ))}
        {hidden.length > 0 && <MenuSeparator />}
        {extras.map((tool) => (
          <ToolLine key={tool.id} tool={tool} editor={editor} active={active} />
        ))}
      </ToolMenu>
    </Primitive.Root>
  );
}
