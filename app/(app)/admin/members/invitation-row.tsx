"use client";

import { useAct } from "@/components/forms/use-act";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { revoke } from "./actions";

type Props = {
  invitation: {
    id: string;
    email: string | null;
    workspaceRole: string;
    projectName: string | null;
    createdBy: string;
    expiresAt: Date;
  };
};

/** An invitation that can still be accepted. */
export function InvitationRow({ invitation }: Props) {
  const { id, email, workspaceRole, projectName, createdBy, expiresAt } = invitation;
  const act = useAct();
  const whom = email ?? "Whoever has the link";
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b py-1.5">
      <div className="min-w-48 flex-1">
        <p className="truncate font-medium">{whom}</p>
        <p className="text-meta text-muted">
          as {workspaceRole === "ADMIN" ? "an administrator" : "a member"}
          {projectName && `, into ${projectName}`} · by {createdBy} · expires <Time at={expiresAt} />
        </p>
      </div>
      <Button
        size="sm"
        variant="danger"
        aria-label={`Revoke the invitation for ${whom}`}
        onClick={() => act(revoke({ invitationId: id }), "The invitation is revoked.")}
      >
        Revoke
      </Button>
    </li>
  );
}
