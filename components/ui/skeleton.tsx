import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Holds the place of what is still loading; give it the size of what comes. */
export const Skeleton = ({ className, ...rest }: ComponentProps<"div">) => (
  <div aria-hidden className={cn("animate-pulse rounded bg-hover", className)} {...rest} />
);
