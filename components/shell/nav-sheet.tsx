"use client";

import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import type { Opening } from "@/components/ui/on-use";

/** The navigation of a small screen, over the page. */
export default function NavSheet({ isOpen, onOpenChange, trigger, children }: Opening & { children: ReactNode }) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0.2_0.02_265/0.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col bg-subtle shadow-pop outline-none"
        >
          <Dialog.Title className="sr-only">Navigation</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
