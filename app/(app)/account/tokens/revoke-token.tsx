"use client";

import { EndButton } from "@/components/forms/end-button";
import { revokeToken } from "../actions";

export const RevokeToken = ({ tokenId, name }: { tokenId: string; name: string }) => (
  <EndButton
    verb="Revoke"
    name={name}
    title={`Revoke token “${name}”?`}
    consequence="Whatever uses it is refused from now on. This cannot be undone."
    action="Revoke token"
    work={() => revokeToken({ tokenId })}
    done={`${name} is revoked.`}
  />
);
