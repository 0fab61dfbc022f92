import { cn } from "@/components/ui/cn";

/** A tracker's initials in a tile: its own sign is a trademark, and a word with initials is found as fast. */
export const TrackerMark = ({ label, className }: { label: string; className?: string }) => (
  <span
    aria-hidden
    className={cn(
      "inline-flex size-7 shrink-0 select-none items-center justify-center rounded border bg-subtle font-medium text-meta text-muted",
      className,
    )}
  >
    {initialsOf(label)}
  </span>
);

const initialsOf = (label: string) => (label.match(/[A-Z]/g)?.join("") ?? label.toUpperCase()).slice(0, 2);
