"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const Tabs = Primitive.Root;
export const TabsContent = Primitive.Content;

export const TabsList = ({ className, ...rest }: ComponentProps<typeof Primitive.List>) => (
  <Primitive.List className={cn("flex gap-4 border-b", className)} {...rest} />
);

export const TabsTrigger = ({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) => (
  <Primitive.Trigger
    className={cn(
      "-mb-px h-8 border-transparent border-b-2 text-muted text-ui hover:text-fg data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-fg",
      className,
    )}
    {...rest}
  />
);
