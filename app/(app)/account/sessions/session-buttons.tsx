"use client";

import { useAct } from "@/components/forms/use-act";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { endSession, signOutEverywhere } from "../actions";

export function EndSession({ sessionId, name }: { sessionId: string; name: string }) {
  const act = useAct();
  return (
    <Button
      size="sm"
      aria-label={`Sign out ${name}`}
      onClick={() => act(endSession({ sessionId }), `${name} is signed out.`)}
    >
      Sign out
    </Button>
  );
}

export function SignOutEverywhere({ count }: { count: number }) {
  const act = useAct();
  const browsers = count === 1 ? "This browser is" : `${count} browsers are`;
  return (
    <Confirm
      trigger={<Button>Sign out everywhere</Button>}
      title="Sign out everywhere?"
      consequence={`${browsers} signed out at once, this one too. API tokens keep working.`}
      action="Sign out everywhere"
      onConfirm={() => act(signOutEverywhere({}), "You are signed out.")}
    />
  );
}
