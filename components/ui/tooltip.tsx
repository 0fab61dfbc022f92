"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

/** A short explanation on hover and focus. Never the only place of something that matters. */
export const Tooltip = ({ label, children }: { label: ReactNode; children: ReactElement }) => (
  <Primitive.Provider delayDuration={300}>
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-w-80 animate-appear rounded-md bg-fg px-2 py-1 text-meta text-surface shadow-pop"
        >
          {label}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  </Primitive.Provider>
);
