import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A word in a frame: a role, a scope, a label. */
export const Badge = ({ className, ...rest }: ComponentProps<"span">) => (
  <span
    className={cn(
      "inline-flex h-5 items-center gap-1 whitespace-nowrap rounded border px-1.5 text-meta text-muted [&_svg]:size-3",
      className,
    )}
    {...rest}
  />
);
