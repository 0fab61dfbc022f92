"use client";

import type { Editor } from "@tiptap/core";
import { ChevronsDownUp, ChevronsUpDown, Download, ImageIcon, Keyboard, Trash2 } from "lucide-react";
import { Toolbar as Primitive } from "radix-ui";
import { type ReactNode, useState } from "react";

import { Popover, PopoverTrigger } from "@/components/ui/popover";
import { type PanelType, panelTypes } from "@/lib/richtext/doc";
import { panelLooks } from "@/lib/richtext/panel-looks";
import type { Active } from "./active";
import { shownKeys } from "./keys";
import { around, toggle, unwrap } from "./kinds/details";
import { LanguageSelect } from "./language-select";
import { PictureContent } from "./picture-form";
import { TableTools } from "./table-tools";
import { toolClass } from "./tool-class";
import { ToolItem, ToolMenu } from "./tool-menu";

type Props = {
  editor: Editor | null;
  active: Active;
  disabled: boolean;
  addressOf: ((attachmentId: string) => string) | null;
  /** The last news of uploads. */
  news: string;
  onHelp: () => void;
};

/** Below the text: what can be done to the thing that the cursor is in, news, and the help. It is always as high. */
export function ContextBar({ editor, active, disabled, addressOf, news, onHelp }: Props) {
  const parts = editor ? partsOf(editor, active, disabled, addressOf) : [];
  const names = parts.map(({ name }) => name);
  return (
    <div className="sticky -bottom-2 z-10 flex min-h-8 items-center gap-2 rounded-b-md border-t bg-surface px-1 text-meta text-muted">
      {parts.length > 0 ? (
        <Primitive.Root
          aria-label={names.join(", ")}
          data-editor-toolbar=""
          className="flex min-w-0 flex-1 items-center gap-0.5 overflow-x-auto py-0.5"
        >
          {parts.map(({ name, tools }) => (
            <span key={name} className="flex shrink-0 items-center gap-0.5">
              <span aria-hidden className="px-1.5 font-medium text-fg">
                {name}
              </span>
              {tools}
            </span>
          ))}
        </Primitive.Root>
      ) : (
        <p className="min-w-0 flex-1 truncate px-1.5">
          {news || (
            <>
              Markdown works as you type
              <span className="max-sm:hidden"> · {shownKeys("Alt-F10")} goes to the toolbar</span>
            </>
          )}
        </p>
      )}
      <span role="status" className="sr-only">
        {news}
      </span>
      <button
        type="button"
        className={toolClass}
        aria-label="Keyboard shortcuts"
        title={`Keyboard shortcuts (${shownKeys("Mod-/")})`}
        onClick={onHelp}
      >
        <Keyboard aria-hidden />
      </button>
    </div>
  );
}

type Part = { name: string; tools: ReactNode };

function partsOf(editor: Editor, { kinds }: Active, disabled: boolean, addressOf: Props["addressOf"]): Part[] {
  const is = (kind: string) => kinds.includes(kind);
  const remove = () => editor.chain().focus().deleteSelection().run();
  const parts: Part[] = [];
  if (is("image")) {
    parts.push({
      name: "Picture",
      tools: (
        <>
          <PicturePopover editor={editor} disabled={disabled} />
          <IconButton label="Delete the picture" disabled={disabled} onClick={remove} icon={<Trash2 aria-hidden />} />
        </>
      ),
    });
  }
  if (is("attachment")) {
    const { attachmentId, name } = editor.getAttributes("attachment");
    parts.push({
      name: "File",
      tools: (
        <>
          {addressOf && (
            <Primitive.Link
              className={toolClass}
              href={addressOf(String(attachmentId))}
              download={String(name)}
              aria-label={`Download ${name}`}
              title="Download"
            >
              <Download aria-hidden />
            </Primitive.Link>
          )}
          <IconButton label="Delete the file" disabled={disabled} onClick={remove} icon={<Trash2 aria-hidden />} />
        </>
      ),
    });
  }
  if (is("codeBlock")) parts.push({ name: "Code", tools: <LanguageSelect editor={editor} disabled={disabled} /> });
  if (is("table")) parts.push({ name: "Table", tools: <TableTools editor={editor} disabled={disabled} /> });
  if (is("panel")) parts.push({ name: "Panel", tools: <PanelMenu editor={editor} disabled={disabled} /> });
  if (is("details")) parts.push({ name: "Details", tools: <DetailsTools editor={editor} disabled={disabled} /> });
  return parts;
}

type IconProps = { label: string; disabled: boolean; onClick: () => void; icon: ReactNode };
const IconButton = ({ label, disabled, onClick, icon }: IconProps) => (
  <Primitive.Button className={toolClass} aria-label={label} title={label} disabled={disabled} onClick={onClick}>
    {icon}
  </Primitive.Button>
);

type ToolsProps = { editor: Editor; disabled: boolean };

function PicturePopover({ editor, disabled }: ToolsProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <Primitive.Button asChild disabled={disabled}>
        <PopoverTrigger className={toolClass} aria-label="Text and size of the picture" title="Text and size">
          <ImageIcon aria-hidden />
        </PopoverTrigger>
      </Primitive.Button>
      <PictureContent editor={editor} onDone={() => setOpen(false)} />
    </Popover>
  );
}

function PanelMenu({ editor, disabled }: ToolsProps) {
  const type: PanelType = editor.getAttributes("panel").panelType ?? "info";
  return (
    <>
      <ToolMenu
        label={`Kind of panel: ${panelLooks[type].title}`}
        face={<span className="px-1 text-meta">{panelLooks[type].title}</span>}
        editor={editor}
        disabled={disabled}
      >
        {panelTypes.map((candidate) => (
          <ToolItem
            key={candidate}
            label={panelLooks[candidate].title}
            isOn={candidate === type}
            onSelect={() => editor.chain().focus().updateAttributes("panel", { panelType: candidate }).run()}
          />
        ))}
      </ToolMenu>
      <IconButton
        label="Remove the panel, keep its text"
        disabled={disabled}
        onClick={() => editor.chain().focus().toggleWrap("panel").run()}
        icon={<Trash2 aria-hidden />}
      />
    </>
  );
}

function DetailsTools({ editor, disabled }: ToolsProps) {
  const found = around(editor);
  const isOpen = found?.node.attrs.open === true;
  return (
    <>
      <IconButton
        label={isOpen ? "Fold" : "Unfold"}
        disabled={disabled}
        onClick={() => {
          if (found) toggle(editor, found.at);
          editor.commands.focus();
        }}
        icon={isOpen ? <ChevronsDownUp aria-hidden /> : <ChevronsUpDown aria-hidden />}
      />
      <IconButton
        label="Remove the details, keep their text"
        disabled={disabled}
        onClick={() => {
          unwrap(editor, true);
          editor.commands.focus();
        }}
        icon={<Trash2 aria-hidden />}
      />
    </>
  );
}
