"use client";

import { useAct } from "@/components/forms/use-act";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { NativeSelect } from "@/components/ui/input";
import type { ProjectRole } from "@/lib/db/generated/enums";
import { roleNames } from "../../../role-names";
import { changeRole, removeMember } from "../actions";

type Props = {
  projectId: string;
  project: string;
  person: { id: string; name: string; email: string; role: ProjectRole; isSelf: boolean };
};

/** One person of the project: the role, which changes at once, and the way out. */
export function MemberRow({ projectId, project, person: { id: userId, name, email, role, isSelf } }: Props) {
  const act = useAct();
  const change = (next: string) =>
    // The options are the roles.
    act(changeRole({ projectId, userId, role: next as ProjectRole }), `${name} has another role now.`);

  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b py-1.5">
      <div className="min-w-48 flex-1">
        <p className="truncate font-medium">
          {name} {isSelf && <span className="font-normal text-muted">(you)</span>}
        </p>
        <p className="truncate text-meta text-muted">{email}</p>
      </div>
      <NativeSelect
        aria-label={`Role of ${name}`}
        value={role}
        onChange={(event) => void change(event.target.value)}
        className="w-36"
      >
        {Object.entries(roleNames).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </NativeSelect>
      <Confirm
        danger
        trigger={
          <Button size="sm" variant="danger" aria-label={`Remove ${name}`}>
            Remove
          </Button>
        }
        title={`Remove ${name} from ${project}?`}
        consequence={`${isSelf ? "You" : name} will not find the project any more. Runs and issues stay, with the name on them.`}
        action="Remove from project"
        onConfirm={() => act(removeMember({ projectId, userId }), `${name} is no longer in ${project}.`)}
      />
    </li>
  );
}
