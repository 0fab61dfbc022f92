import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, NativeSelect } from "@/components/ui/input";
import { Link } from "@/components/ui/link";

type Given = Record<string, string | undefined>;

/** The address of a list with this filter. */
export function filteredHref(path: string, filter: Given): string {
  const given = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}

type FormProps = {
  path: string;
  filter: Given;
  /** Where "Clear" leads; without it nothing is narrowed. */
  clearHref: string | null;
  children: ReactNode;
};

/** A plain form: the filter stands in the address, so that it can be shared and works without a script. */
export const FilterForm = ({ path, filter, clearHref, children }: FormProps) => (
  // A new key puts the fields back when the address changes.
  <form key={JSON.stringify(filter)} action={path} className="mb-4 flex flex-wrap items-end gap-3">
    {children}
    <Button type="submit">Filter</Button>
    {clearHref !== null && (
      <Button variant="ghost" asChild>
        <Link href={clearHref}>Clear</Link>
      </Button>
    )}
  </form>
);

type SelectProps = {
  label: string;
  name: string;
  value: string | undefined;
  /** What stands for no choice. */
  all?: string;
  /** Values with the words for them. */
  options: readonly (readonly [value: string, words: string])[];
  className?: string;
};

/** One of several. */
export const FilterSelect = ({
  label,
  name,
  value,
  all = "All",
  options,
  className = "w-full sm:w-44",
}: SelectProps) => (
  <div className={className}>
    <Field label={label}>
      <NativeSelect name={name} defaultValue={value ?? ""}>
        <option value="">{all}</option>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </NativeSelect>
    </Field>
  </div>
);

/** A period of days. */
export const FilterDays = ({ from, to }: { from: string | undefined; to: string | undefined }) =>
  [["From (UTC)", "from", from] as const, ["To (UTC)", "to", to] as const].map(([label, name, value]) => (
    <div key={name} className="flex-1 sm:w-36 sm:flex-none">
      <Field label={label}>
        <Input type="date" name={name} defaultValue={value} />
      </Field>
    </div>
  ));
