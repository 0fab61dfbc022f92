"use client";

import { useAct } from "@/components/forms/use-act";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { NativeSelect } from "@/components/ui/input";
import type { WorkspaceRole } from "@/lib/db/generated/enums";
import { changeRole, remove } from "./actions";

type Props = {
  workspace: string;
  member: { id: string; name: string; email: string; role: WorkspaceRole; projectCount: number; tokenCount: number };
  isSelf: boolean;
  isLastAdmin: boolean;
};

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** One person: the role, which changes at once, and the way out. */
export function MemberRow({ workspace, member, isSelf, isLastAdmin }: Props) {
  const { id: userId, name, email, role, projectCount, tokenCount } = member;
  const act = useAct();
  const change = (next: string) =>
    // The options are the roles.
    act(changeRole({ userId, role: next as WorkspaceRole }), `${name} has another role now.`);
  const why = isLastAdmin ? "The last administrator stays one. Make somebody else an administrator first." : undefined;

  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b py-1.5">
      <div className="min-w-48 flex-1">
        <p className="truncate font-medium">
          {name} {isSelf && <span className="font-normal text-muted">(you)</span>}
        </p>
        <p className="truncate text-meta text-muted">
          {email} · {counted(projectCount, "project")}
          {isLastAdmin && " · the last administrator stays"}
        </p>
      </div>
      <NativeSelect
        aria-label={`Role of ${name}`}
        value={role}
        disabled={isLastAdmin}
        title={why}
        onChange={(event) => void change(event.target.value)}
        className="w-36"
      >
        <option value="ADMIN">Administrator</option>
        <option value="MEMBER">Member</option>
      </NativeSelect>
      <Confirm
        danger
        trigger={
          <Button size="sm" variant="danger" aria-label={`Remove ${name}`} disabled={isLastAdmin} title={why}>
            Remove
          </Button>
        }
        title={`Remove ${name} from ${workspace}?`}
        consequence={`Takes ${isSelf ? "you" : "them"} out of ${counted(projectCount, "project")}, ends ${counted(tokenCount, "API token")} and signs ${isSelf ? "you" : "them"} out. Runs and issues stay, with the name on them.`}
        action="Remove from workspace"
        onConfirm={() => act(remove({ userId }), `${name} is no longer in ${workspace}.`)}
      />
    </li>
  );
}
