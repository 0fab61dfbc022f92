"use client";

import { useState } from "react";
import { EndButton } from "@/components/forms/end-button";
import { Button } from "@/components/ui/button";
import type { SecretPattern } from "@/lib/projects/secret-patterns";
import { remove } from "./actions";
import { PatternForm } from "./pattern-form";

type Props = { projectId: string; pattern: SecretPattern };

/** One pattern, with its form in its place while it is changed. */
export function PatternRow({ projectId, pattern }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { id: patternId, name } = pattern;
  const close = () => setOpen(false);
  if (isOpen)
    return (
      <li className="border-b py-4">
        <PatternForm
          projectId={projectId}
          pattern={pattern}
          onDone={close}
          cancel={<Button onClick={close}>Cancel</Button>}
        />
      </li>
    );
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-2">
      <div className="min-w-0 flex-1 basis-60">
        <p className="break-words font-medium">{name}</p>
        <p className="break-all font-mono text-code text-muted">{pattern.pattern}</p>
      </div>
      <Button size="sm" aria-label={`Edit ${name}`} onClick={() => setOpen(true)}>
        Edit
      </Button>
      <EndButton
        verb="Delete"
        name={name}
        title={`Delete pattern “${name}”?`}
        consequence="What it finds is sent as it is from then on."
        action="Delete pattern"
        work={() => remove({ projectId, patternId })}
        done={`${name} is deleted.`}
      />
    </li>
  );
}
