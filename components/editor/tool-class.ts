/** The look of everything in the toolbar that can be pressed. */
export const toolClass =
  "inline-flex h-7 min-w-7 shrink-0 items-center justify-center gap-1 rounded text-muted hover:bg-hover hover:text-fg disabled:opacity-50 aria-disabled:cursor-default aria-disabled:opacity-40 aria-disabled:hover:bg-transparent aria-pressed:bg-selected aria-pressed:text-fg data-[state=open]:bg-hover data-[state=open]:text-fg [&_svg]:size-4";
