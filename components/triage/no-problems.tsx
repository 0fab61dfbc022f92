import { CircleCheck, Layers, ListFilter } from "lucide-react";
import { hasFailures } from "@/components/results/view-of";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import type { Run } from "@/lib/results/shapes";

type Props = { totals: Run["totals"]; isFiltered: boolean; onClear(): void; onResults(): void };

/** Why there is no problem to show. */
export function NoProblems({ totals, isFiltered, onClear, onResults }: Props) {
  if (isFiltered)
    return (
      <Empty icon={ListFilter} title="No problem matches" action={<Button onClick={onClear}>Clear the filter</Button>}>
        No problem of this run answers to this filter.
      </Empty>
    );
  const isRed = hasFailures(totals);
  return (
    <Empty
      icon={isRed ? Layers : CircleCheck}
      title={isRed ? "Not folded" : "Nothing failed"}
      action={<Button onClick={onResults}>Show the results</Button>}
    >
      {isRed
        ? "The failures of this run say nothing that they could be folded by."
        : "Every result of this run passed, or was skipped."}
    </Empty>
  );
}
