"use client";

import type { Editor } from "@tiptap/core";
import { Toolbar as Primitive } from "radix-ui";

import type { Active } from "./active";
import { shownKeys } from "./keys";
import { toolClass } from "./tool-class";
import type { Tool } from "./tools";

export const titleOf = (label: string, keys: string | undefined) => (keys ? `${label} (${shownKeys(keys)})` : label);

type Props = { tool: Tool; editor: Editor | null; active: Active; disabled: boolean };

/** A tool as a button: pressed where the cursor is in what it makes. */
export function ToolButton({ tool, editor, active, disabled }: Props) {
  const isOff = tool.isOff?.(active) ?? false;
  return (
    <Primitive.Button
      className={toolClass}
      aria-label={tool.label}
      {...(tool.isOn && { "aria-pressed": tool.isOn(active) })}
      // Not `disabled`: a button that goes while it has the focus takes the focus with it.
      aria-disabled={isOff || undefined}
      title={titleOf(tool.label, tool.keys)}
      disabled={disabled}
      // The selection stays where it is while the mouse is on the toolbar.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => editor && !isOff && tool.run(editor)}
    >
      <tool.icon aria-hidden />
    </Primitive.Button>
  );
}

export const Divider = () => <Primitive.Separator className="mx-1 h-4 w-px shrink-0 bg-line" />;
