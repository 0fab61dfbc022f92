"use client";

import { Check } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import type { Severity } from "@/lib/db/generated/enums";
import { SeverityMark } from "./severity-mark";
import { severities, severityWords } from "./words";

/** Whether it is open, and what it does. */
export type SeverityMenuState = {
  isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  onPick(severity: Severity): void;
};

type Props = SeverityMenuState & {
  children: ReactNode;
  value: Severity | null;
  /** Of one that somebody has set: lets reports tell it again. */
  onReset?: (() => void) | undefined;
};

/** How bad it is, to choose from: by the pointer, or by the key s and then its first letter. */
export function SeverityMenu({ children, value, onReset, onPick, isOpen, onOpenChange }: Props) {
  // A key opened it from anywhere: there the keyboard goes back to.
  const from = useRef<Element | null>(null);
  if (isOpen && !from.current && typeof document !== "undefined") from.current = document.activeElement;
  return (
    <Menu open={isOpen} onOpenChange={onOpenChange} modal={false}>
      <MenuTrigger asChild>{children}</MenuTrigger>
      <MenuContent
        align="start"
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
