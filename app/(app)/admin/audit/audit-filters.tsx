import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, NativeSelect } from "@/components/ui/input";
import { Link } from "@/components/ui/link";

type Props = {
  choices: { actions: string[]; people: { id: string; name: string }[] };
  filter: {
    action?: string | undefined;
    actorId?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
  };
};

/** A plain form: the filter stands in the address, so that it can be shared and works without a script. */
export const AuditFilters = ({ choices, filter }: Props) => (
  // A new key puts the fields back when the address changes.
  <form key={JSON.stringify(filter)} action="/admin/audit" className="mb-4 flex flex-wrap items-end gap-3">
    <div className="w-full sm:w-48">
      <Field label="Action">
        <NativeSelect name="action" defaultValue={filter.action ?? ""}>
          <option value="">All</option>
          {choices.actions.map((action) => (
            <option key={action}>{action}</option>
          ))}
        </NativeSelect>
      </Field>
    </div>
    <div className="w-full sm:w-44">
      <Field label="Person">
        <NativeSelect name="actorId" defaultValue={filter.actorId ?? ""}>
          <option value="">Everybody</option>
          {choices.people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      </Field>
    </div>
    <div className="flex-1 sm:w-36 sm:flex-none">
      <Field label="From (UTC)">
        <Input type="date" name="from" defaultValue={filter.from} />
      </Field>
    </div>
    <div className="flex-1 sm:w-36 sm:flex-none">
      <Field label="To (UTC)">
        <Input type="date" name="to" defaultValue={filter.to} />
      </Field>
    </div>
    <Button type="submit">Filter</Button>
    {Object.values(filter).some(Boolean) && (
      <Button variant="ghost" asChild>
        <Link href="/admin/audit">Clear</Link>
      </Button>
    )}
  </form>
);
