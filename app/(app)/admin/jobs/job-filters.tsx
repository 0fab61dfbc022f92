import { FilterDays, FilterForm, FilterSelect, filteredHref } from "@/components/forms/filters";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { functionName } from "@/lib/jobs/function-name";
import { type JobState, type JobsFilter, jobStates } from "@/lib/jobs/inputs";
import { looks } from "./state-mark";

const path = "/admin/jobs";

/** The address of the list with this filter. */
export const hrefOf = (filter: JobsFilter): string => filteredHref(path, filter);

type StatesProps = { filter: JobsFilter; counts: Partial<Record<JobState, number>> };

/** How many jobs stand how; each is a switch that shows only these. What does not occur is left out. */
export const StateSwitches = ({ filter, counts }: StatesProps) => (
  <nav aria-label="States" className="mb-4 flex flex-wrap gap-1">
    {jobStates
      .filter((state) => counts[state] || state === filter.state)
      .map((state) => {
        const { icon: Icon, word, colour } = looks[state];
        const isOn = state === filter.state;
        const { cursor: _, ...rest } = filter;
        return (
          <Link
            key={state}
            href={hrefOf({ ...rest, state: isOn ? undefined : state })}
            aria-current={isOn || undefined}
            title={isOn ? "Show all again" : `Show only ${word.toLowerCase()} jobs`}
            className={cn(
              "inline-flex h-7 items-center gap-1.5 rounded-md border px-2",
              isOn ? "border-current bg-selected" : "hover:bg-hover",
            )}
          >
            <Icon className={cn("size-3.5", colour)} aria-hidden />
            {word}
            <span className="text-muted">{(counts[state] ?? 0).toLocaleString("en")}</span>
          </Link>
        );
      })}
  </nav>
);

type Props = { functions: { id: string }[]; filter: JobsFilter };

/** What the list is narrowed to, beside the state. */
export function JobFilters({ functions, filter }: Props) {
  const { state, functionId, q, from, to } = filter;
  return (
    <FilterForm path={path} filter={filter} clearHref={functionId || q || from || to ? hrefOf({ state }) : null}>
      {state && <input type="hidden" name="state" value={state} />}
      <FilterSelect
        label="Function"
        name="functionId"
        value={functionId}
        options={functions.map(({ id }) => [id, functionName(id)])}
      />
      <div className="w-full sm:w-72">
        <Field label="Id of a job, creation or integration">
          <Input type="search" name="q" defaultValue={q} spellCheck={false} aria-keyshortcuts="/" />
        </Field>
      </div>
      <FilterDays from={from} to={to} />
    </FilterForm>
  );
}
