"use client";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useAct } from "./use-act";

type Props = {
  /** The verb in the row, and of what. */
  verb: string;
  name: string;
  title: string;
  consequence: string;
  /** The verb with its object. */
  action: string;
  locked?: string | undefined;
  work: () => Parameters<ReturnType<typeof useAct>>[0];
  done: string;
};

/** Ends something that stands in a row of a list, after saying what follows from it. */
export function EndButton({ verb, name, title, consequence, action, locked, work, done }: Props) {
  const act = useAct();
  return (
    <Confirm
      danger
      trigger={
        <Button
          size="sm"
          variant="danger"
          aria-label={`${verb} ${name}`}
          disabled={locked !== undefined}
          title={locked}
        >
          {verb}
        </Button>
      }
      title={title}
      consequence={consequence}
      action={action}
      onConfirm={() => act(work(), done)}
    />
  );
}
