import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const look = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium text-ui transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent hover:bg-accent-hover",
        outline: "border border-line-strong bg-surface text-fg hover:bg-hover",
        ghost: "text-fg hover:bg-hover",
        danger: "border border-line-strong bg-surface text-danger hover:bg-hover",
        link: "h-auto! px-0! text-link underline-offset-2 hover:underline",
      },
      size: { md: "h-8 px-3", sm: "h-7 px-2", icon: "size-8", "icon-sm": "size-7" },
    },
    defaultVariants: { variant: "outline", size: "md" },
  },
);

type Props = ComponentProps<"button"> & VariantProps<typeof look> & { asChild?: boolean; busy?: boolean };

/** A button. `busy` shows a spinner and takes no clicks; `asChild` gives its look to a link. */
export function Button({ variant, size, asChild, busy, className, children, disabled, type, ...rest }: Props) {
  const classes = cn(look({ variant, size }), className);
  if (asChild)
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  return (
    <button
      type={type ?? "button"}
      className={classes}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  );
}
