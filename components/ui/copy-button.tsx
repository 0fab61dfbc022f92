"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";

type Props = { text: string; label: string; children?: string; className?: string };

/** Copies a text and says so for two seconds. */
export function CopyButton({ text, label, children, className }: Props) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Button
      variant={children ? "outline" : "ghost"}
      size={children ? "sm" : "icon-sm"}
      aria-label={label}
      title={label}
      onClick={copy}
      className={className}
    >
      {copied ? <Check className="text-passed" aria-hidden /> : <Copy aria-hidden />}
      {children && (copied ? "Copied" : children)}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </Button>
  );
}
