import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { type CallsFilter, callOutcomes, callStatuses } from "@/lib/integrations/calls-filter";

/** The address of the log with this filter. */
export function hrefOf(base: string, filter: CallsFilter): string {
  const given = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length > 0 ? `${base}?${new URLSearchParams(given)}` : base;
}

const outcomes = { accepted: "Accepted", refused: "Refused", unknown: "Unknown" };
const statuses = { "2xx": "2xx", "3xx": "3xx", "4xx": "4xx", "5xx": "5xx", none: "No answer" };
const periods = { hour: "The last hour", day: "The last 24 hours", week: "The last 7 days" } as const;

/** A plain form: the filter stands in the address, so that it can be shared and works without a script. */
export function CallFilters({ base, filter }: { base: string; filter: CallsFilter }) {
  const isNarrowed = Object.values(filter).some(Boolean);
  return (
    // A new key puts the fields back when the address changes.
    <form key={JSON.stringify(filter)} action={base} className="mb-4 flex flex-wrap items-end gap-3">
      <div className="flex-1 sm:w-36 sm:flex-none">
        <Field label="Outcome">
          <NativeSelect name="outcome" defaultValue={filter.outcome ?? ""}>
            <option value="">All</option>
            {callOutcomes.map((outcome) => (
              <option key={outcome} value={outcome}>
                {outcomes[outcome]}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </div>
      <div className="flex-1 sm:w-36 sm:flex-none">
        <Field label="Status">
          <NativeSelect name="status" defaultValue={filter.status ?? ""}>
            <option value="">All</option>
            {callStatuses.map((status) => (
              <option key={status} value={status}>
                {statuses[status]}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </div>
      <div className="w-full sm:w-44">
        <Field label="When">
          <NativeSelect name="period" defaultValue={filter.period ?? ""}>
            <option value="">Any time</option>
            {Object.entries(periods).map(([period, words]) => (
              <option key={period} value={period}>
                {words}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </div>
      <Button type="submit">Filter</Button>
      {isNarrowed && (
        <Button variant="ghost" asChild>
          <Link href={base}>Clear</Link>
        </Button>
      )}
    </form>
  );
}
