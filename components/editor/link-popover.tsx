"use client";

import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { Link2 } from "lucide-react";
import { Toolbar as Primitive } from "radix-ui";
import { type FormEvent, type RefObject, useEffect, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { hrefRule, safeHref } from "@/lib/richtext/href";
import { titleOf } from "./tool-button";
import { toolClass } from "./tool-class";

type Props = {
  editor: Editor | null;
  disabled: boolean;
  /** Given the way to open it, for the shortcut. */
  opener: RefObject<(() => void) | null>;
};

/** Sets, changes or removes the link at the cursor; says why an address is refused. */
export function LinkPopover({ editor, disabled, opener }: Props) {
  const href = useEditorState({
    editor,
    selector: ({ editor: current }) => {
      const found: unknown = current?.getAttributes("link").href;
      return typeof found === "string" ? found : null;
    },
  });
  const [isOpen, setOpen] = useState(false);
  const [address, setAddress] = useState("");
  const [error, setError] = useState<string>();

  function open(next: boolean) {
    setAddress(href ?? "");
    setError(undefined);
    setOpen(next);
  }

  const openIt = () => open(true);
  useEffect(() => {
    opener.current = openIt;
  });

  function apply(event: FormEvent) {
    event.preventDefault();
    // The popover is a React child of a dialog whose form would otherwise be sent as well.
    event.stopPropagation();
    const to = safeHref(withScheme(address.trim()));
    if (to === null) return setError(hrefRule);
    setLink(editor, to);
    setOpen(false);
  }

  return (
    <Popover open={isOpen} onOpenChange={open}>
      <Primitive.Button asChild disabled={disabled}>
        <PopoverTrigger
          className={toolClass}
          aria-label="Link"
          aria-pressed={href !== null}
          title={titleOf("Link", "Mod-k")}
        >
          <Link2 aria-hidden />
        </PopoverTrigger>
      </Primitive.Button>
      <PopoverContent
        aria-label="Link"
        data-editor-popover=""
        className="w-80"
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          editor?.commands.focus();
        }}
      >
        <form onSubmit={apply} noValidate className="flex flex-col gap-2">
          <Field label="Address" error={error}>
            <Input
              type="url"
              autoComplete="off"
              placeholder="https://"
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
          </Field>
          <div className="flex justify-end gap-2">
            {href !== null && (
              <Button
                size="sm"
                onClick={() => {
                  editor?.chain().extendMarkRange("link").unsetLink().run();
                  setOpen(false);
                }}
              >
                Remove link
              </Button>
            )}
            <Button type="submit" size="sm" variant="primary">
              Set link
            </Button>
          </div>
        </form>
      </PopoverContent>
    </Popover>
  );
}

/** People paste `example.com/x`; what has a scheme keeps it, so that a bad one is refused and not hidden. */
const withScheme = (address: string) => {
  if (/^[a-z][a-z\d+.-]*:(?!\d)/i.test(address) || address === "") return address;
  return /^[^\s/@]+@[^\s/@]+$/.test(address) ? `mailto:${address}` : `https://${address}`;
};

function setLink(editor: Editor | null, href: string): void {
  if (!editor) return;
  const chain = editor.chain().focus();
  if (editor.state.selection.empty && !editor.isActive("link")) {
    chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    return;
  }
  chain
    .extendMarkRange("link")
    .setLink({ href })
    // On with the text behind the link, not over it.
    .command(({ tr, commands }) => commands.setTextSelection(tr.selection.to))
    .unsetMark("link")
    .run();
}
