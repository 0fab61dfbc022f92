import { FilterDays, FilterForm, FilterSelect } from "@/components/forms/filters";

type Props = {
  choices: { actions: string[]; people: { id: string; name: string }[] };
  filter: {
    action?: string | undefined;
    actorId?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
  };
};

const path = "/admin/audit";

/** What the audit log is narrowed to. */
export const AuditFilters = ({ choices, filter }: Props) => (
  <FilterForm path={path} filter={filter} clearHref={Object.values(filter).some(Boolean) ? path : null}>
    <FilterSelect
      label="Action"
      name="action"
      value={filter.action}
      options={choices.actions.map((action) => [action, action])}
      className="w-full sm:w-48"
    />
    <FilterSelect
      label="Person"
      name="actorId"
      value={filter.actorId}
      all="Everybody"
      options={choices.people.map(({ id, name }) => [id, name])}
    />
    <FilterDays from={filter.from} to={filter.to} />
  </FilterForm>
);
