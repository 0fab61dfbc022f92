import { cn } from "@/components/ui/cn";
import type { IssueView } from "@/lib/issues/shapes";

const looks: Record<IssueView["category"], { className: string; fill: string | null }> = {
  open: { className: "text-passed", fill: null },
  in_progress: { className: "text-flaky", fill: "M6 2.5a3.5 3.5 0 0 1 0 7z" },
  done: { className: "text-blocked", fill: "M6 2.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z" },
};

/** Open, in progress or done as a hollow, half or full dot; the word stands beside it. */
export function StateDot({ category, className }: { category: IssueView["category"]; className?: string }) {
  const { className: colour, fill } = looks[category];
  return (
    <svg viewBox="0 0 12 12" className={cn("size-3 shrink-0", colour, className)} aria-hidden>
      <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      {fill && <path d={fill} fill="currentColor" />}
    </svg>
  );
}
