"use client";

import type { Editor } from "@tiptap/core";
import { Highlighter } from "lucide-react";

import { MenuLabel, MenuSeparator } from "@/components/ui/menu";
import type { Active } from "./active";
import { inks, pens } from "./colours";
import { ToolItem, ToolMenu } from "./tool-menu";

type Props = { editor: Editor | null; active: Active; disabled: boolean };

/** The colour of the letters, and of the marker pen behind them. Each colour has its name. */
export const ColourMenu = ({ editor, active: { ink, pen }, disabled }: Props) => (
  <ToolMenu
    label="Colour and highlight"
    face={<Highlighter aria-hidden />}
    editor={editor}
    disabled={disabled}
    isOn={ink !== null || pen !== null}
  >
    <MenuLabel>Text colour</MenuLabel>
    <ToolItem
      label="Default"
      swatch={<Letter />}
      isOn={ink === null}
      onSelect={() => editor?.chain().unsetMark("textStyle").run()}
    />
    {inks.map(({ name, value }) => (
      <ToolItem
        key={value}
        label={name}
        swatch={<Letter ink={value} />}
        isOn={ink === value}
        onSelect={() => editor?.chain().setMark("textStyle", { color: value }).run()}
      />
    ))}
    <MenuSeparator />
    <MenuLabel>Highlight</MenuLabel>
    <ToolItem
      label="None"
      swatch={<Letter />}
      isOn={pen === null}
      onSelect={() => editor?.chain().unsetMark("highlight").run()}
    />
    {pens.map(({ name, value }, index) => (
      <ToolItem
        key={value}
        label={name}
        {...(index === 0 && { keys: "Mod-Shift-h" })}
        swatch={<Letter pen={value} />}
        // Without a colour of its own a pen is yellow.
        isOn={pen === value || (index === 0 && pen === "")}
        onSelect={() =>
          editor
            ?.chain()
            .setMark("highlight", { color: index === 0 ? null : value })
            .run()
        }
      />
    ))}
  </ToolMenu>
);

/** A letter as it will look, in the very style of the text. */
const Letter = ({ ink, pen }: { ink?: string; pen?: string }) => (
  <span aria-hidden className="rich-ink inline-flex size-5 items-center justify-center rounded border font-semibold">
    {pen ? (
      <mark data-color={pen} style={{ "--pen": pen } as React.CSSProperties /* a property of ours */}>
        A
      </mark>
    ) : (
      <span {...(ink && { style: { color: ink, "--ink": ink } as React.CSSProperties })}>A</span>
    )}
  </span>
);
