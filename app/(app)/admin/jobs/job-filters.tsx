import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input, NativeSelect } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { functionName } from "@/lib/jobs/function-name";
import { type JobState, type JobsFilter, jobStates } from "@/lib/jobs/inputs";
import { looks } from "./state-mark";

/** The address of the list with this filter. */
export function hrefOf(filter: JobsFilter): string {
  const given = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length > 0 ? `/admin/jobs?${new URLSearchParams(given)}` : "/admin/jobs";
}

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

/** A plain form: the filter stands in the address, so that it can be shared and works without a script. */
export function JobFilters({ functions, filter }: Props) {
  const { state, functionId, q, from, to } = filter;
  return (
    // A new key puts the fields back when the address changes.
    <form key={JSON.stringify(filter)} action="/admin/jobs" className="mb-3 flex flex-wrap items-end gap-3">
      {state && <input type="hidden" name="state" value={state} />}
      <div className="w-full sm:w-44">
        <Field label="Function">
          <NativeSelect name="functionId" defaultValue={functionId ?? ""}>
            <option value="">All</option>
            {functions.map(({ id }) => (
              <option key={id} value={id}>
                {functionName(id)}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </div>
      <div className="w-full sm:w-72">
        <Field label="Id of a job, creation or integration">
          <Input type="search" name="q" defaultValue={q} spellCheck={false} aria-keyshortcuts="/" />
        </Field>
      </div>
      <div className="flex-1 sm:w-36 sm:flex-none">
        <Field label="From (UTC)">
          <Input type="date" name="from" defaultValue={from} />
        </Field>
      </div>
      <div className="flex-1 sm:w-36 sm:flex-none">
        <Field label="To (UTC)">
          <Input type="date" name="to" defaultValue={to} />
        </Field>
      </div>
      <Button type="submit">Filter</Button>
      {(functionId || q || from || to) && (
        <Button variant="ghost" asChild>
          <Link href={hrefOf({ state })}>Clear</Link>
        </Button>
      )}
    </form>
  );
}
