"use client";

import type { Editor } from "@tiptap/core";
import { Check, type LucideIcon } from "lucide-react";
import { Toolbar as Primitive } from "radix-ui";
import type { ReactNode } from "react";

import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import type { Active } from "./active";
import { shownKeys } from "./keys";
import { titleOf } from "./tool-button";
import { toolClass } from "./tool-class";
import type { Tool } from "./tools";

type Props = {
  label: string;
  keys?: string;
  face: ReactNode;
  editor: Editor | null;
  disabled: boolean;
  isOn?: boolean;
  children: ReactNode;
};

/** A button of a toolbar that opens a menu; the focus goes back to the text, where the choice is seen. */
export const ToolMenu = ({ label, keys, face, editor, disabled, isOn, children }: Props) => (
  <Menu>
    <Primitive.Button asChild disabled={disabled}>
      <MenuTrigger
        className={toolClass}
        aria-label={label}
        {...(isOn !== undefined && { "aria-pressed": isOn })}
        title={titleOf(label, keys)}
      >
        {face}
      </MenuTrigger>
    </Primitive.Button>
    <MenuContent
      className="max-h-(--radix-dropdown-menu-content-available-height) overflow-y-auto"
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        // What the choice has opened may have taken the focus on.
        if (document.activeElement === document.body || !document.activeElement?.closest("[data-editor-popover]"))
          editor?.commands.focus();
      }}
    >
      {children}
    </MenuContent>
  </Menu>
);

type ItemProps = {
  label: string;
  keys?: string | undefined;
  icon?: LucideIcon | undefined;
  swatch?: ReactNode;
  /** Undefined: it does something, it is not on or off. */
  isOn?: boolean | undefined;
  isOff?: boolean | undefined;
  onSelect: () => void;
};

/** One line of such a menu, with its shortcut. */
export const ToolItem = ({ label, keys, icon: Icon, swatch, isOn, isOff, onSelect }: ItemProps) => (
  <MenuItem
    onSelect={onSelect}
    disabled={isOff ?? false}
    {...(isOn !== undefined && { role: "menuitemcheckbox", "aria-checked": isOn })}
  >
    {Icon && <Icon aria-hidden />}
    {swatch}
    <span className="flex-1">{label}</span>
    {isOn && <Check aria-hidden />}
    {keys && (
      <kbd aria-hidden className="pl-4 font-sans text-meta text-muted">
        {shownKeys(keys)}
      </kbd>
    )}
  </MenuItem>
);

/** A tool as a line of a menu. */
export const ToolLine = ({ tool, editor, active }: { tool: Tool; editor: Editor | null; active: Active }) => (
  <ToolItem
    label={tool.label}
    keys={tool.keys}
    icon={tool.icon}
    isOn={tool.isOn?.(active)}
    isOff={tool.isOff?.(active)}
    onSelect={() => editor && tool.run(editor)}
  />
);
