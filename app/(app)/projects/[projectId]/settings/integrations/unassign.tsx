"use client";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { counted } from "@/lib/integrations/counted";
import { remove } from "./actions";
import { useChange } from "./use-change";

export type Uses = { externalProjects: number; issues: number; links: number; unfinished: number };
type Props = { ids: { projectId: string; assignmentId: string }; name: string; uses: Uses };

/** Takes the tracker from the project, after saying what stays and what ends. */
export function Unassign({ ids, name, uses }: Props) {
  const { change, problem } = useChange();
  return (
    <div>
      <Confirm
        danger
        trigger={
          <Button size="sm" variant="danger">
            Stop using {name}…
          </Button>
        }
        title={`Stop using “${name}” in this project?`}
        consequence={
          uses.issues > 0
            ? `${counted(uses.issues, "issue")} and their links stay, but nothing more is created or linked through it. The labels and choices made here are forgotten.`
            : "Nothing more is created or linked through it. The labels and choices made here are forgotten."
        }
        action={`Stop using ${name}`}
        onConfirm={() =>
          change({ work: () => remove({ ...ids, isConfirmed: true }), done: `${name} is no longer used here.` })
        }
      />
      {problem && <ProblemNotice problem={problem} className="mt-2" />}
    </div>
  );
}
