import { FilterForm, FilterSelect } from "@/components/forms/filters";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export type CasesFilterValue = { q: string | undefined; state: "failing" | "flaky" | undefined };

/** Narrows the cases by text and by how they do. */
export const CasesFilter = ({ path, filter }: { path: string; filter: CasesFilterValue }) => (
  <FilterForm path={path} filter={filter} clearHref={filter.q || filter.state ? path : null}>
    <div className="w-full sm:w-80">
      <Field label="Text">
        <Input
          type="search"
          name="q"
          defaultValue={filter.q}
          maxLength={200}
          placeholder="Suite, name, owner, component or tag"
        />
      </Field>
    </div>
    <FilterSelect
      label="State"
      name="state"
      value={filter.state}
      options={[
        ["failing", "Failed last"],
        ["flaky", "Flaky"],
      ]}
    />
  </FilterForm>
);
