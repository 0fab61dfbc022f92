"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;
export const DialogClose = Primitive.Close;

type Props = ComponentProps<typeof Primitive.Content> & {
  title: string;
  description?: ReactNode;
  notice?: ReactNode;
  footer?: ReactNode;
};

/**
 * The dialog's body: a title, what it is about, what stands in the way (in sight wherever one has scrolled to), the
 * content that scrolls, and its buttons. Full screen at 360 px.
 */
export function DialogContent({ title, description, notice, footer, className, children, ...rest }: Props) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 bg-[oklch(0.2_0.02_265/0.45)]" />
      <Primitive.Content
        {...(!description && { "aria-describedby": undefined })}
        className={cn(
          "fixed inset-0 z-50 flex max-h-dvh animate-appear flex-col bg-surface shadow-pop outline-none sm:inset-auto sm:top-[8vh] sm:left-1/2 sm:max-h-[84vh] sm:w-[calc(100%-2rem)] sm:max-w-lg sm:-translate-x-1/2 sm:rounded-lg sm:border",
          className,
        )}
        {...rest}
      >
        <header className="flex items-start gap-3 px-4 pt-3 pb-2 sm:px-5">
          <div className="min-w-0 flex-1">
            <Primitive.Title className="font-semibold text-read">{title}</Primitive.Title>
            {description && <Primitive.Description className="mt-0.5 text-muted">{description}</Primitive.Description>}
          </div>
          <Primitive.Close asChild>
            <Button variant="ghost" size="icon-sm" aria-label="Close">
              <X />
            </Button>
          </Primitive.Close>
        </header>
        {notice && (
          <div className="flex max-h-[40%] shrink-0 flex-col gap-2 overflow-y-auto px-4 pb-2 empty:hidden sm:px-5">
            {notice}
          </div>
        )}
        <div className="min-h-0 flex-1 overflow-y-auto px-4 py-2 sm:px-5">{children}</div>
        {footer && (
          <footer className="flex flex-wrap items-center justify-end gap-2 border-t px-4 py-3 sm:px-5">{footer}</footer>
        )}
      </Primitive.Content>
    </Primitive.Portal>
  );
}
