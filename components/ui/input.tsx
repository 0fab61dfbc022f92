import type { ComponentProps } from "react";
import { cn } from "./cn";

const field =
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-fg text-ui placeholder:text-muted disabled:opacity-60 aria-invalid:border-danger";

/** A single line of text. */
export const Input = ({ className, ...rest }: ComponentProps<"input">) => (
  <input className={cn(field, "h-8", className)} {...rest} />
);

/** Several lines of plain text. */
export const Textarea = ({ className, ...rest }: ComponentProps<"textarea">) => (
  <textarea className={cn(field, "min-h-20 py-1.5", className)} {...rest} />
);

/** The browser's own list of choices: works everywhere, also on a phone. */
export const NativeSelect = ({ className, ...rest }: ComponentProps<"select">) => (
  <select className={cn(field, "h-8 pr-7", className)} {...rest} />
);
