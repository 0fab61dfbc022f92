"use client";

import { Switch as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** On or off, at once. */
export const Switch = ({ className, ...rest }: ComponentProps<typeof Primitive.Root>) => (
  <Primitive.Root
    className={cn(
      "inline-flex h-[18px] w-8 shrink-0 items-center rounded-full border border-line-strong bg-subtle p-px transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent",
      className,
    )}
    {...rest}
  >
    <Primitive.Thumb className="size-3.5 rounded-full bg-muted transition-transform data-[state=checked]:translate-x-[14px] data-[state=checked]:bg-on-accent" />
  </Primitive.Root>
);
