"use client";

import { EndButton } from "@/components/forms/end-button";
import { PersonRow } from "@/components/forms/person-row";
import type { WorkspaceRole } from "@/lib/db/generated/enums";
import { counted } from "@/lib/integrations/counted";
import { changeRole, remove } from "./actions";

type Props = {
  workspace: string;
  member: { id: string; name: string; email: string; role: WorkspaceRole; projectCount: number; tokenCount: number };
  isSelf: boolean;
  isLastAdmin: boolean;
};

const roles: Record<WorkspaceRole, string> = { ADMIN: "Administrator", MEMBER: "Member" };

/** One person: the role, which changes at once, and the way out. */
export function MemberRow({ workspace, member, isSelf, isLastAdmin }: Props) {
  const { id: userId, name, email, role, projectCount } = member;
  const locked = isLastAdmin
    ? "The last administrator stays one. Make somebody else an administrator first."
    : undefined;
  const whom = isSelf ? "you" : "them";

  return (
    <PersonRow
      name={name}
      about={`${email} · ${counted(projectCount, "project")}${isLastAdmin ? " · the last administrator stays" : ""}`}
      isSelf={isSelf}
      role={role}
      roles={roles}
      locked={locked}
      onRole={(next) => changeRole({ userId, role: next })}
    >
      <EndButton
        verb="Remove"
        name={name}
        title={`Remove ${name} from ${workspace}?`}
        consequence={`${endOf(member, whom)} Runs and issues stay, with the name on them.`}
        action="Remove from workspace"
        locked={locked}
        work={() => remove({ userId })}
        done={`${name} is no longer in ${workspace}.`}
      />
    </PersonRow>
  );
}

function endOf({ projectCount, tokenCount }: Props["member"], whom: string): string {
  const ends = [
    projectCount > 0 && `takes ${whom} out of ${counted(projectCount, "project")}`,
    tokenCount > 0 && `ends ${counted(tokenCount, "API token")}`,
    `signs ${whom} out`,
  ].filter(Boolean);
  return `This ${new Intl.ListFormat("en").format(ends.map(String))}.`;
}
