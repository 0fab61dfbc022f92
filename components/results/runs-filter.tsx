import { FilterForm, FilterSelect } from "@/components/forms/filters";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Filter = Partial<Record<"branch" | "environment" | "commit", string>>;
type Props = {
  path: string;
  filter: Filter;
  facets: { branches: string[]; environments: string[] };
  defaultBranch: string;
};

/** Narrows the runs; the default branch stands first. */
export function RunsFilter({ path, filter, facets, defaultBranch }: Props) {
  const { branch, environment, commit } = filter;
  return (
    <FilterForm path={path} filter={filter} clearHref={branch || environment || commit ? path : null}>
      <FilterSelect
        label="Branch"
        name="branch"
        value={branch}
        options={withChosen(facets.branches, branch).map((name) => [
          name,
          name === defaultBranch ? `${name} (default)` : name,
        ])}
      />
      {(facets.environments.length > 0 || environment) && (
        <FilterSelect
          label="Environment"
          name="environment"
          value={environment}
          options={withChosen(facets.environments, environment).map((name) => [name, name])}
        />
      )}
      <div className="w-full sm:w-44">
        <Field label="Commit">
          <Input
            type="search"
            name="commit"
            defaultValue={commit}
            maxLength={100}
            placeholder="Its first letters"
            className="font-mono"
          />
        </Field>
      </div>
    </FilterForm>
  );
}

// A run long ago may be the only one of what the address names.
const withChosen = (names: string[], chosen: string | undefined) =>
  chosen && !names.includes(chosen) ? [...names, chosen] : names;
