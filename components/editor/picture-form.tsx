"use client";

import type { Editor } from "@tiptap/core";
import { NodeSelection } from "@tiptap/pm/state";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PopoverContent } from "@/components/ui/popover";
import { safeImageSrc } from "@/lib/richtext/href";

type Attrs = {
  src: string | null;
  alt: string | null;
  title: string | null;
  width: number | null;
  height: number | null;
  attachmentId: string | null;
};

const empty: Attrs = { src: null, alt: null, title: null, width: null, height: null, attachmentId: null };

/** The picture that is selected. */
export function pictureAt(editor: Editor | null): Attrs | null {
  const selection = editor?.state.selection;
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== "image") return null;
  return { ...empty, ...selection.node.attrs };
}

const toSize = (value: string): number | null | undefined => {
  if (value.trim() === "") return null;
  const size = Number(value);
  return Number.isInteger(size) && size >= 1 && size <= 10_000 ? size : undefined;
};

type Props = { editor: Editor | null; onDone: () => void };

/** Name and size of the selected picture; without one, the address of a picture to put in. */
export const PictureContent = (props: Props) => (
  <PopoverContent
    aria-label="Picture"
    data-editor-popover=""
    className="w-72"
    onCloseAutoFocus={(event) => {
      event.preventDefault();
      props.editor?.commands.focus();
    }}
  >
    <PictureForm {...props} />
  </PopoverContent>
);

function PictureForm({ editor, onDone }: Props) {
  const [before] = useState(() => pictureAt(editor));
  const [values, setValues] = useState({
    src: before?.src ?? "",
    alt: before?.alt ?? "",
    width: before?.width?.toString() ?? "",
    height: before?.height?.toString() ?? "",
  });
  const [errors, setErrors] = useState<Partial<Record<keyof typeof values, string>>>({});
  const isOurs = Boolean(before?.attachmentId);

  function apply(event: FormEvent) {
    event.preventDefault();
    // It is a React child of a dialog whose form would otherwise be sent as well.
    event.stopPropagation();
    const src = isOurs ? null : safeImageSrc(values.src.trim());
    const [width, height] = [toSize(values.width), toSize(values.height)];
    const size = "A whole number of pixels, at most 10000.";
    const found = {
      ...(!isOurs && src === null && { src: "A picture's address starts with https:// or http://." }),
      ...(width === undefined && { width: size }),
      ...(height === undefined && { height: size }),
    };
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const attrs = { ...(before ?? empty), src, alt: values.alt.trim() || null, width, height };
    if (before) editor?.commands.updateAttributes("image", attrs);
    else editor?.commands.insertContent({ type: "image", attrs });
    onDone();
  }

  const field = (name: keyof typeof values, label: string, hint?: string) => (
    <Field label={label} error={errors[name]} {...(hint && { hint })}>
      <Input
        autoComplete="off"
        inputMode={name === "width" || name === "height" ? "numeric" : undefined}
        placeholder={name === "src" ? "https://" : undefined}
        value={values[name]}
        onChange={(event) => setValues({ ...values, [name]: event.target.value })}
      />
    </Field>
  );

  return (
    <form onSubmit={apply} noValidate className="flex flex-col gap-2">
      {!isOurs && field("src", "Address")}
      {field("alt", "Alternative text", "What the picture shows, for who cannot see it.")}
      <div className="grid grid-cols-2 gap-2">
        {field("width", "Width")}
        {field("height", "Height")}
      </div>
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" size="sm" variant="primary">
          {before ? "Change picture" : "Add picture"}
        </Button>
      </div>
    </form>
  );
}
