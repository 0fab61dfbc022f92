/** The look of everything in the toolbar that can be pressed. */
export const toolClass =
  "inline-flex size-7 items-center justify-center rounded text-muted hover:bg-hover hover:text-fg disabled:opacity-50 aria-pressed:bg-selected aria-pressed:text-fg [&_svg]:size-4";
