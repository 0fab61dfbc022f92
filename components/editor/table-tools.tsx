"use client";

import type { ChainedCommands, Editor } from "@tiptap/core";
import { selectedRect } from "@tiptap/pm/tables";
import { AlignCenter, AlignLeft, AlignRight, ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Trash2 } from "lucide-react";
import { Toolbar as Primitive } from "radix-ui";

import { MenuSeparator } from "@/components/ui/menu";
import type { Alignment } from "@/lib/richtext/doc";
import { toolClass } from "./tool-class";
import { ToolItem, ToolMenu } from "./tool-menu";

type Props = { editor: Editor; disabled: boolean };

/** What can be done to the table that the cursor is in. */
export function TableTools({ editor, disabled }: Props) {
  const run = (step: (chain: ChainedCommands) => ChainedCommands) => () => step(editor.chain().focus()).run();
  const can = (step: (chain: ChainedCommands) => ChainedCommands) => step(editor.can().chain()).run();
  const menu = { editor, disabled };
  return (
    <>
      <ToolMenu label="Row" face={<Face>Row</Face>} {...menu}>
        <ToolItem label="Add a row above" icon={ArrowUp} onSelect={run((chain) => chain.addRowBefore())} />
        <ToolItem label="Add a row below" icon={ArrowDown} onSelect={run((chain) => chain.addRowAfter())} />
        <ToolItem label="Header row" onSelect={run((chain) => chain.toggleHeaderRow())} />
        <MenuSeparator />
        <ToolItem label="Delete the row" icon={Trash2} onSelect={run((chain) => chain.deleteRow())} />
      </ToolMenu>
      <ToolMenu label="Column" face={<Face>Column</Face>} {...menu}>
        <ToolItem label="Add a column before" icon={ArrowLeft} onSelect={run((chain) => chain.addColumnBefore())} />
        <ToolItem label="Add a column after" icon={ArrowRight} onSelect={run((chain) => chain.addColumnAfter())} />
        <ToolItem label="Header column" onSelect={run((chain) => chain.toggleHeaderColumn())} />
        <MenuSeparator />
        <ToolItem label="Align left" icon={AlignLeft} onSelect={() => align(editor, "left")} />
        <ToolItem label="Align in the centre" icon={AlignCenter} onSelect={() => align(editor, "center")} />
        <ToolItem label="Align right" icon={AlignRight} onSelect={() => align(editor, "right")} />
        <ToolItem label="No alignment" onSelect={() => align(editor, null)} />
        <MenuSeparator />
        <ToolItem label="Delete the column" icon={Trash2} onSelect={run((chain) => chain.deleteColumn())} />
      </ToolMenu>
      <ToolMenu label="Cell" face={<Face>Cell</Face>} {...menu}>
        <ToolItem label="Header cell" onSelect={run((chain) => chain.toggleHeaderCell())} />
        <ToolItem
          label="Join the selected cells"
          isOff={!can((chain) => chain.mergeCells())}
          onSelect={run((chain) => chain.mergeCells())}
        />
        <ToolItem
          label="Split the cell"
          isOff={!can((chain) => chain.splitCell())}
          onSelect={run((chain) => chain.splitCell())}
        />
      </ToolMenu>
      <Primitive.Button
        className={toolClass}
        aria-label="Delete the table"
        title="Delete the table"
        disabled={disabled}
        onClick={run((chain) => chain.deleteTable())}
      >
        <Trash2 aria-hidden />
      </Primitive.Button>
    </>
  );
}

const Face = ({ children }: { children: string }) => <span className="px-1 text-meta">{children}</span>;

/** The whole of each selected column: what most trackers align is the column, not the cell. */
function align(editor: Editor, to: Alignment | null): void {
  const rect = selectedRect(editor.state);
  const cells = rect.map.cellsInRect({ left: rect.left, right: rect.right, top: 0, bottom: rect.map.height });
  editor
    .chain()
    .focus()
    .command(({ tr }) => {
      for (const at of cells) tr.setNodeAttribute(rect.tableStart + at, "align", to);
      return true;
    })
    .run();
}
