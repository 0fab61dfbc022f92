import { Ban, CircleCheck, CircleSlash, CircleX, type LucideIcon, RotateCcw, TriangleAlert, Waves } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { ResultStatus } from "@/lib/db/generated/enums";
import { ranks } from "@/lib/results/statuses";

type Look = { word: string; icon: LucideIcon; colour: string };

/** Each status has its own icon and word, so that colour is never alone. */
export const statusLooks: Record<ResultStatus, Look> = {
  error: { word: "Error", icon: TriangleAlert, colour: "text-error" },
  failed: { word: "Failed", icon: CircleX, colour: "text-failed" },
  flaky: { word: "Flaky", icon: Waves, colour: "text-flaky" },
  blocked: { word: "Blocked", icon: Ban, colour: "text-blocked" },
  retest: { word: "Retest", icon: RotateCcw, colour: "text-blocked" },
  skipped: { word: "Skipped", icon: CircleSlash, colour: "text-skipped" },
  passed: { word: "Passed", icon: CircleCheck, colour: "text-passed" },
};

/** The order in which statuses are shown everywhere: what needs a person first. */
export const statusOrder = Object.keys(ranks) as ResultStatus[]; // Object.keys forgets the key type

/** The icon of a status, with its word for those who cannot see it. */
export function StatusIcon({ status, className }: { status: ResultStatus; className?: string }) {
  const { icon: Icon, colour, word } = statusLooks[status];
  return <Icon className={cn("size-4 shrink-0", colour, className)} role="img" aria-label={word} />;
}

/** A status as icon and word. */
export function StatusWord({ status, className }: { status: ResultStatus; className?: string }) {
  const { icon: Icon, colour, word } = statusLooks[status];
  return (
    <span className={cn("inline-flex items-center gap-1 align-bottom font-medium", colour, className)}>
      <Icon className="size-4 shrink-0" aria-hidden />
      {word}
    </span>
  );
}

type Count = { status: ResultStatus; count: number };

/** How many results have a status. */
export function StatusCount({ status, count }: Count) {
  const { icon: Icon, colour, word } = statusLooks[status];
  return (
    <span
      title={`${count.toLocaleString("en")} ${word.toLowerCase()}`}
      className={cn("inline-flex items-center gap-1", colour)}
    >
      <Icon className="size-3.5" role="img" aria-label={word} />
      {count.toLocaleString("en")}
    </span>
  );
}

type Totals = Partial<Record<ResultStatus, number>>;

/** Counts by status; those at zero are left out, except passed. */
export const TotalsLine = ({ totals }: { totals: Totals }) => (
  <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
    {statusOrder.map((status) => {
      const count = totals[status] ?? 0;
      return count > 0 || status === "passed" ? <StatusCount key={status} status={status} count={count} /> : null;
    })}
  </span>
);
