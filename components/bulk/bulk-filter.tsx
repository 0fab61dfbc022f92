import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { BulkView, Outcome } from "@/lib/issues/bulk/shapes";
import { OutcomeMark } from "./outcome-mark";
import { outcomes, outcomeWords } from "./words";

type Props = { bulk: BulkView; value: Outcome | null; onChange: (outcome: Outcome | null) => void };

/** How many of each outcome there are; one of them shows those alone. */
export const BulkFilter = ({ bulk, value, onChange }: Props) => (
  <fieldset aria-label="Outcomes" className="flex flex-wrap gap-1.5">
    <Chip isOn={value === null} onClick={() => onChange(null)}>
      All <Count n={bulk.total} />
    </Chip>
    {outcomes
      .filter((outcome) => bulk.counts[outcome] > 0 || outcome === value)
      .map((outcome) => (
        <Chip key={outcome} isOn={value === outcome} onClick={() => onChange(value === outcome ? null : outcome)}>
          <OutcomeMark outcome={outcome} /> {outcomeWords[outcome]} <Count n={bulk.counts[outcome]} />
        </Chip>
      ))}
  </fieldset>
);

const Count = ({ n }: { n: number }) => <span className="text-muted tabular-nums">{n.toLocaleString("en")}</span>;

const Chip = ({ isOn, onClick, children }: { isOn: boolean; onClick: () => void; children: ReactNode }) => (
  <button
    type="button"
    aria-pressed={isOn}
    onClick={onClick}
    className={cn(
      "inline-flex h-7 items-center gap-1.5 rounded-md border px-2 hover:bg-hover",
      isOn && "border-accent bg-selected hover:bg-selected",
    )}
  >
    {children}
  </button>
);
