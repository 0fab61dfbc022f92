"use client";

import { useAct } from "@/components/forms/use-act";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { revokeToken } from "../actions";

export function RevokeToken({ tokenId, name }: { tokenId: string; name: string }) {
  const act = useAct();
  return (
    <Confirm
      danger
      trigger={
        <Button size="sm" variant="danger" aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      }
      title={`Revoke token “${name}”?`}
      consequence="Whatever uses it is refused from now on. This cannot be undone."
      action="Revoke token"
      onConfirm={() => act(revokeToken({ tokenId }), `${name} is revoked.`)}
    />
  );
}
