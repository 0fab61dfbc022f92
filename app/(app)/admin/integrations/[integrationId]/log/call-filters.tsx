import { FilterForm, FilterSelect } from "@/components/forms/filters";
import { type CallsFilter, callOutcomes, callStatuses } from "@/lib/integrations/calls-filter";

const outcomes = { accepted: "Accepted", refused: "Refused", unknown: "Unknown" };
const statuses = { "2xx": "2xx", "3xx": "3xx", "4xx": "4xx", "5xx": "5xx", none: "No answer" };
const periods = [
  ["hour", "The last hour"],
  ["day", "The last 24 hours"],
  ["week", "The last 7 days"],
] as const;
const half = "flex-1 sm:w-36 sm:flex-none";

/** What the log is narrowed to. */
export const CallFilters = ({ base, filter }: { base: string; filter: CallsFilter }) => (
  <FilterForm path={base} filter={filter} clearHref={Object.values(filter).some(Boolean) ? base : null}>
    <FilterSelect
      label="Outcome"
      name="outcome"
      value={filter.outcome}
      options={callOutcomes.map((outcome) => [outcome, outcomes[outcome]])}
      className={half}
    />
    <FilterSelect
      label="Status"
      name="status"
      value={filter.status}
      options={callStatuses.map((status) => [status, statuses[status]])}
      className={half}
    />
    <FilterSelect label="When" name="period" value={filter.period} all="Any time" options={periods} />
  </FilterForm>
);
