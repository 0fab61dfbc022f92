"use client";

import { DropdownMenu } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const Menu = DropdownMenu.Root;
export const MenuTrigger = DropdownMenu.Trigger;

/** The list of a menu. */
export const MenuContent = ({ className, ...rest }: ComponentProps<typeof DropdownMenu.Content>) => (
  <DropdownMenu.Portal>
    {/* It stands outside of the page's landmarks, so it needs one of its own. */}
    <section aria-label="Menu">
      <DropdownMenu.Content
        sideOffset={4}
        collisionPadding={8}
        className={cn("z-50 min-w-44 animate-appear rounded-md border bg-surface p-1 shadow-pop", className)}
        {...rest}
      />
    </section>
  </DropdownMenu.Portal>
);

/** One entry of a menu. */
export const MenuItem = ({ className, ...rest }: ComponentProps<typeof DropdownMenu.Item>) => (
  <DropdownMenu.Item
    className={cn(
      "flex min-h-7 cursor-default select-none items-center gap-2 rounded px-2 py-1 text-ui outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-3.5",
      className,
    )}
    {...rest}
  />
);

export const MenuSeparator = () => <DropdownMenu.Separator className="my-1 border-t" />;

export const MenuLabel = ({ className, ...rest }: ComponentProps<typeof DropdownMenu.Label>) => (
  <DropdownMenu.Label className={cn("px-2 py-1 text-meta text-muted", className)} {...rest} />
);
