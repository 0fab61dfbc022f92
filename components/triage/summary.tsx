import { Skeleton } from "@/components/ui/skeleton";
import type { GroupTotals } from "@/lib/triage/shapes";
import { counted } from "./words";

/** "512 failures · 3 problems · 1 new · 2 known · 7 flaky" */
export function summaryOf({ failures, problems, new: fresh, known, flaky, assessedAway }: GroupTotals): string[] {
  return [
    counted(failures, "failure"),
    counted(problems, "problem"),
    ...(fresh > 0 ? [`${fresh.toLocaleString("en")} new`] : []),
    ...(known > 0 ? [`${known.toLocaleString("en")} known`] : []),
    ...(flaky > 0 ? [`${flaky.toLocaleString("en")} flaky`] : []),
    ...(assessedAway > 0 ? [`${assessedAway.toLocaleString("en")} muted or assessed away`] : []),
  ];
}

/** What a run comes down to. */
export const Summary = ({ totals }: { totals: GroupTotals | null }) =>
  totals ? (
    <p className="font-medium max-sm:basis-full">{summaryOf(totals).join(" · ")}</p>
  ) : (
    <Skeleton className="h-5 w-64" />
  );
