"use client";

import type { ReactElement } from "react";
import { OpensOnUse, onUse } from "@/components/ui/on-use";
import type { Severity } from "@/lib/db/generated/enums";

const items = onUse(() => import("./severity-items"));

/** Whether it is open, and what it does. */
export type SeverityMenuState = {
  isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  onPick(severity: Severity): void;
};

type Props = SeverityMenuState & {
  /** Its button. */
  children: ReactElement;
  value: Severity | null;
  /** Of one that somebody has set: lets reports tell it again. */
  onReset?: (() => void) | undefined;
};

/** The way to say how bad it is. */
export function SeverityMenu({ children: trigger, isOpen, onOpenChange, ...of }: Props) {
  const opening = { isOpen, onOpenChange, trigger };
  return (
    <OpensOnUse part={items} popup="menu" {...opening}>
      {({ default: SeverityItems }) => <SeverityItems {...of} {...opening} />}
    </OpensOnUse>
  );
}
