"use client";

import { X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Badge } from "@/components/ui/badge";

type Props = { id: string; labels: readonly string[]; disabled: boolean; onChange: (labels: string[]) => void };

/** Labels as chips: Enter or a comma adds one, Backspace in the empty field takes the last one away. */
export function LabelsInput({ id, labels, disabled, onChange }: Props) {
  const [text, setText] = useState("");

  const add = () => {
    const added = text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part && !labels.includes(part));
    setText("");
    if (added.length > 0) onChange([...labels, ...new Set(added)]);
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && text === "" && labels.length > 0) onChange(labels.slice(0, -1));
  };

  return (
    <div className="flex min-h-8 max-w-xl flex-wrap items-center gap-1 rounded-md border border-line-strong bg-surface px-1.5 py-1 has-focus-visible:outline-2 has-focus-visible:outline-accent">
      {labels.map((label) => (
        <Badge key={label} className="text-fg">
          {label}
          <button
            type="button"
            disabled={disabled}
            aria-label={`Remove the label ${label}`}
            onClick={() => onChange(labels.filter((other) => other !== label))}
            className="-mr-1 rounded p-0.5 text-muted hover:text-fg"
          >
            <X aria-hidden />
          </button>
        </Badge>
      ))}
      <input
        id={id}
        value={text}
        maxLength={200}
        placeholder={labels.length === 0 ? "such as test-failure, then Enter" : "add…"}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
        onBlur={add}
        className="h-6 min-w-32 flex-1 bg-transparent px-1 outline-none placeholder:text-muted"
      />
    </div>
  );
}
