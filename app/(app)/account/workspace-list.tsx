"use client";

import { useAct } from "@/components/forms/use-act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { switchTo } from "./actions";

type Props = { workspaces: { id: string; name: string; role: string; isCurrent: boolean }[] };

/** The person's workspaces and the way from one to another. */
export function WorkspaceList({ workspaces }: Props) {
  const act = useAct();
  return (
    <ul className="border-t">
      {workspaces.map(({ id, name, role, isCurrent }) => (
        <li key={id} className="flex min-h-10 items-center gap-3 border-b py-1">
          <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
          <Badge>{role === "ADMIN" ? "Administrator" : "Member"}</Badge>
          {isCurrent ? (
            <span className="w-20 text-right text-muted">here now</span>
          ) : (
            <Button
              size="sm"
              className="w-20"
              onClick={() => act(switchTo({ workspaceId: id }), `You work in ${name} now.`)}
            >
              Switch
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
