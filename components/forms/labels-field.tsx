"use client";

import { X } from "lucide-react";
import { type ComponentProps, type KeyboardEvent, useState } from "react";
import { Badge } from "@/components/ui/badge";

type Props = Omit<ComponentProps<"input">, "onChange" | "value" | "className"> & {
  /** Always put on: shown, but not to be taken away here. */
  fixed?: readonly string[];
  labels: readonly string[];
  onChange: (labels: string[]) => void;
};

/** Labels as chips: Enter or a comma adds one, Backspace in the empty field takes the last one away. */
export function LabelsField({ fixed = [], labels, onChange, disabled, placeholder = "add…", ...input }: Props) {
  const [text, setText] = useState("");
  const has = (label: string) => [...fixed, ...labels].some((known) => known.toLowerCase() === label.toLowerCase());
  const add = () => {
    const added = text.split(",").map((part) => part.trim());
    setText("");
    const fresh = [...new Set(added)].filter((label) => label && !has(label));
    if (fresh.length > 0) onChange([...labels, ...fresh]);
  };
  const onKey = (event: KeyboardEvent) => {
    const isSend = event.metaKey || event.ctrlKey;
    if ((event.key === "Enter" && !isSend) || event.key === ",") {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && text === "" && labels.length > 0) onChange(labels.slice(0, -1));
  };

  return (
    <div className="flex min-h-8 flex-wrap items-center gap-1 rounded-md border border-line-strong bg-surface px-1.5 py-1 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent">
      {fixed.map((label) => (
        <Badge key={label} className="min-w-0 max-w-full" title="Put on every issue of this project">
          <span className="truncate">{label}</span>
        </Badge>
      ))}
      {labels.map((label) => (
        <Badge key={label} className="min-w-0 max-w-full text-fg" title={label}>
          <span className="truncate">{label}</span>
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
        maxLength={100}
        {...input}
        value={text}
        placeholder={labels.length === 0 ? placeholder : "add…"}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
        onBlur={add}
        className="h-6 min-w-20 flex-1 bg-transparent px-1 outline-none placeholder:text-muted"
      />
    </div>
  );
}
