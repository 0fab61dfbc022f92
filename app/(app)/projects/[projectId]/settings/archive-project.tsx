"use client";

import { useAct } from "@/components/forms/use-act";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { archive, restore } from "./actions";

type Props = { projectId: string; name: string; isArchived: boolean };

export function ArchiveProject({ projectId, name, isArchived }: Props) {
  const act = useAct();
  if (isArchived)
    return <Button onClick={() => act(restore({ projectId }), `${name} is back.`)}>Take out of the archive</Button>;
  return (
    <Confirm
      trigger={<Button>Archive…</Button>}
      title={`Archive project “${name}”?`}
      consequence="It leaves the navigation and the list of its members. Nothing is deleted, and you can take it out again."
      action="Archive project"
      onConfirm={() => act(archive({ projectId }), `${name} is archived.`)}
    />
  );
}
