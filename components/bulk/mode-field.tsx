import { Skeleton } from "@/components/ui/skeleton";
import type { BulkMode } from "@/lib/db/generated/enums";
import type { BulkPlan } from "@/lib/issues/bulk/shapes";
import { counted } from "../triage/words";
import { modes, modeWords } from "./words";

type Props = { value: BulkMode; onChange: (mode: BulkMode) => void; issues: BulkPlan["issues"] | undefined };

/** How many issues it is to be, each way with its number. */
export const ModeField = ({ value, onChange, issues }: Props) => (
  <fieldset>
    <legend className="mb-1 font-medium text-ui">Issues</legend>
    <div className="divide-y rounded-md border border-line-strong">
      {modes.map((mode) => (
        <label key={mode} className="flex items-start gap-2.5 px-3 py-2 has-checked:bg-selected">
          <input
            type="radio"
            name="mode"
            value={mode}
            checked={mode === value}
            onChange={() => onChange(mode)}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span className="min-w-0 flex-1">
            <span className="block">{modeWords[mode].label}</span>
            <span className="block text-meta text-muted">{modeWords[mode].hint}</span>
          </span>
          {issues ? (
            <span className="shrink-0 text-muted tabular-nums">{counted(issues[mode], "issue")}</span>
          ) : (
            <Skeleton className="mt-1 h-3 w-14" />
          )}
        </label>
      ))}
    </div>
  </fieldset>
);
