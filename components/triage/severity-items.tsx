"use client";

import { Check } from "lucide-react";
import { useRef } from "react";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import type { Opening } from "@/components/ui/on-use";
import type { Severity } from "@/lib/db/generated/enums";
import { SeverityMark } from "./severity-mark";
import { severities, severityWords } from "./words";

type Props = Opening & {
  value: Severity | null;
  onReset?: (() => void) | undefined;
  onPick(severity: Severity): void;
};

/** How bad it is, to choose from: by the pointer, or by the key s and then its first letter. */
export default function SeverityItems({ trigger, value, onReset, onPick, isOpen, onOpenChange }: Props) {
  // A key opened it from anywhere: there the keyboard goes back to.
  const from = useRef<Element | null>(null);
  if (isOpen && !from.current && typeof document !== "undefined") from.current = document.activeElement;
  return (
    <Menu open={isOpen} onOpenChange={onOpenChange} modal={false}>
      <MenuTrigger asChild>{trigger}</MenuTrigger>
      <MenuContent
        align="start"
        onKeyDown={({ key, currentTarget }) => {
          // The menu's own way to a letter takes a moment, in which Enter would find no item.
          const at = severities.findIndex((severity) => severity.startsWith(key));
          currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]")[at]?.focus();
        }}
        onCloseAutoFocus={(event) => {
          const back = from.current;
          from.current = null;
          if (!(back instanceof HTMLElement && back.isConnected && back !== document.body)) return;
          event.preventDefault();
          back.focus({ preventScroll: true });
        }}
      >
        {severities.map((severity) => (
          <MenuItem key={severity} onSelect={() => onPick(severity)}>
            <SeverityMark severity={severity} isNamed />
            <span className="flex-1">{severityWords[severity]}</span>
            {severity === value && <Check aria-label="now" />}
          </MenuItem>
        ))}
        {onReset && (
          <>
            <MenuSeparator />
            <MenuItem onSelect={onReset}>As reports tell</MenuItem>
          </>
        )}
      </MenuContent>
    </Menu>
  );
}
