"use client";

import { useId } from "react";
import { inBytes } from "@/components/attachments/size";
import { Checkbox } from "@/components/ui/checkbox";
import type { AttachmentView } from "@/lib/attachments/shapes";
import type { FormView } from "@/lib/issues/shapes";

/** `isInText`: the text shows it, so that it goes along in any case. */
export type AttachableFile = AttachmentView & { isInText?: boolean };

type Props = {
  files: readonly AttachableFile[];
  /** The ids of those that are ticked. */
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  /** What becomes of them at the tracker. */
  way: FormView["integrations"][number]["files"];
  /** Where they are uploaded: whether they are in this place. */
  uploads: boolean;
};

/** Which files an issue takes along. Nothing at all where there are none. */
export function AttachFiles({ files, chosen, onChange, way, uploads }: Props) {
  const label = useId();
  const hint = useId();
  if (files.length === 0) return null;
  const isTicked = ({ id, isInText }: AttachableFile) => isInText === true || chosen.includes(id);
  const toggle = (id: string, isOn: boolean) => onChange(isOn ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as one line with its legend.
    <div role="group" aria-labelledby={label} aria-describedby={hint} className="flex flex-col gap-1">
      <div className="flex max-h-40 flex-wrap items-center gap-x-4 gap-y-1 overflow-y-auto">
        <span id={label} className="font-medium">
          Attach
        </span>
        {files.map((file) => (
          <div key={file.id} className="flex min-h-7 min-w-0 max-w-full items-center gap-1.5">
            <Checkbox
              id={`${label}-${file.id}`}
              checked={isTicked(file)}
              disabled={file.isInText === true}
              onCheckedChange={(checked) => toggle(file.id, checked === true)}
            />
            <label htmlFor={`${label}-${file.id}`} className="flex min-w-0 items-baseline gap-1.5">
              <span className="truncate" title={file.name}>
                {file.name}
              </span>
              <span className="shrink-0 text-meta text-muted">
                {inBytes(file.sizeBytes)}
                {file.isInText && " · in the text"}
              </span>
            </label>
          </div>
        ))}
      </div>
      <p id={hint} className="text-meta text-muted">
        {hintOf(way, uploads)}
      </p>
    </div>
  );
}

const linked = "the issue links to them in Faultline, where members of this project see them.";

function hintOf(way: Props["way"], uploads: boolean): string {
  if (way === "attached")
    return "Put beside the issue in the tracker, for whoever can read it. Secrets in texts are masked.";
  if (way === "linked") return `This tracker cannot hold files: ${linked}`;
  return uploads
    ? "Uploaded to the tracker: whoever has the address of such a file can read it, signed in or not."
    : `Not uploaded here, for whoever has the address of such a file could read it: ${linked}`;
}
