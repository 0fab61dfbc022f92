"use client";

import { Popover as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const Popover = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;

/** A small surface beside its trigger. */
export const PopoverContent = ({ className, ...rest }: ComponentProps<typeof Primitive.Content>) => (
  <Primitive.Portal>
    <Primitive.Content
      sideOffset={4}
      collisionPadding={8}
      className={cn("z-50 animate-appear rounded-md border bg-surface p-3 shadow-pop outline-none", className)}
      {...rest}
    />
  </Primitive.Portal>
);
