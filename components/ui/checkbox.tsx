"use client";

import { Check } from "lucide-react";
import { Checkbox as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A box to tick; wrap it and its words in a label. */
export const Checkbox = ({ className, ...rest }: ComponentProps<typeof Primitive.Root>) => (
  <Primitive.Root
    className={cn(
      "flex size-4 shrink-0 items-center justify-center rounded border border-line-strong bg-surface data-[state=checked]:border-accent data-[state=checked]:bg-accent",
      className,
    )}
    {...rest}
  >
    <Primitive.Indicator>
      <Check className="size-3 text-on-accent" aria-hidden />
    </Primitive.Indicator>
  </Primitive.Root>
);
