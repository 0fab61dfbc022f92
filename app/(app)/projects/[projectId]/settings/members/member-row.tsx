"use client";

import { EndButton } from "@/components/forms/end-button";
import { PersonRow } from "@/components/forms/person-row";
import type { ProjectRole } from "@/lib/db/generated/enums";
import { roleNames } from "../../../role-names";
import { changeRole, removeMember } from "../actions";

type Props = {
  projectId: string;
  project: string;
  person: { id: string; name: string; email: string; role: ProjectRole; isSelf: boolean };
};

/** One person of the project: the role, which changes at once, and the way out. */
export const MemberRow = ({ projectId, project, person: { id: userId, name, email, role, isSelf } }: Props) => (
  <PersonRow
    name={name}
    about={email}
    isSelf={isSelf}
    role={role}
    roles={roleNames}
    onRole={(next) => changeRole({ projectId, userId, role: next })}
  >
    <EndButton
      verb="Remove"
      name={name}
      title={`Remove ${name} from ${project}?`}
      consequence={`${isSelf ? "You" : name} will not find the project any more. Runs and issues stay, with the name on them.`}
      action="Remove from project"
      work={() => removeMember({ projectId, userId })}
      done={`${name} is no longer in ${project}.`}
    />
  </PersonRow>
);
