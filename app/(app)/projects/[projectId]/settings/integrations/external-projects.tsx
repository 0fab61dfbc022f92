"use client";

import { ExternalLink, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { ProblemNotice } from "@/components/ui/problem-notice";
import type { AssignmentListed } from "@/lib/integrations/list-assignments";
import { chooseProject, removeProject } from "./actions";
import { BoardSettings } from "./board-settings";
import { Marks } from "./marks";
import { PlaceSettings } from "./place-settings";
import { ProjectPicker } from "./project-picker";
import { useChange } from "./use-change";

type Ids = { projectId: string; assignmentId: string };
type Props = { ids: Ids; assignment: AssignmentListed };

/** The repositories or projects that issues go to; the default one is offered first. */
export function ExternalProjects({ ids, assignment }: Props) {
  const { change, isBusy, problem, forget } = useChange();
  const [isPicking, setPicking] = useState(false);
  const { externalProjects, projectNoun, name, canCreate } = assignment;
  const isOpen = isPicking || externalProjects.length === 0;

  const choose = async (chosen: Parameters<typeof chooseProject>[0]["chosen"], label: string) => {
    const isDone = await change({
      work: () => chooseProject({ ...ids, chosen }),
      done: canCreate ? `Issues go to ${label}.` : `Issues of ${label} can be linked.`,
    });
    if (isDone) setPicking(false);
  };

  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium">
        {externalProjects.length === 0
          ? `Choose the ${projectNoun} that issues ${canCreate ? "go to" : "are linked from"}`
          : canCreate
            ? "Issues go to"
            : "Issues are linked from"}
      </p>
      {externalProjects.length > 0 && (
        <ul className="max-w-xl border-t">
          {externalProjects.map((external) => (
            <li key={external.id} className="flex min-h-8 flex-wrap items-center gap-2 border-b py-0.5">
              <a
                href={external.url}
                target="_blank"
                rel="noreferrer"
                className="inline-flex min-w-0 items-center gap-1 break-all font-medium hover:underline"
              >
                {external.key}
                {external.name && !external.key.toLowerCase().endsWith(external.name.toLowerCase()) && (
                  <span className="font-normal text-muted">{external.name}</span>
                )}
                <ExternalLink className="size-3 shrink-0 text-muted" aria-hidden />
              </a>
              <Marks isPublic={external.isPublic} isArchived={external.isArchived} />
              <span className="ml-auto flex items-center gap-1">
                {external.isDefault ? (
                  externalProjects.length > 1 && <span className="text-meta text-muted">offered first</span>
                ) : (
                  <Button
                    variant="ghost"
                    size="sm"
                    disabled={isBusy || external.isArchived}
                    onClick={() => choose({ remoteId: external.remoteId }, external.key)}
                  >
                    Offer first
                  </Button>
                )}
                <Confirm
                  trigger={
                    <Button variant="ghost" size="icon-sm" aria-label={`Remove ${external.key}`} disabled={isBusy}>
                      <Trash2 aria-hidden />
                    </Button>
                  }
                  title={`Stop using ${projectNoun} “${external.key}”?`}
                  consequence={`Nothing more is created there or linked from there. Issues that are linked already stay. Nothing changes in ${name}.`}
                  action={`Remove ${projectNoun}`}
                  onConfirm={() =>
                    change({
                      work: () => removeProject({ ...ids, externalProjectId: external.id }),
                      done: `${external.key} is no longer used.`,
                    })
                  }
                />
              </span>
              {assignment.canCreate && <PlaceSettings ids={ids} assignment={assignment} external={external} />}
              {assignment.hasBoards && <BoardSettings ids={ids} external={external} />}
            </li>
          ))}
        </ul>
      )}
      {isOpen ? (
        <ProjectPicker
          ids={ids}
          assignment={assignment}
          isBusy={isBusy}
          fieldError={problem?.fields?.externalProject}
          onChoose={choose}
          onType={forget}
          {...(externalProjects.length > 0 && { onCancel: () => setPicking(false) })}
        />
      ) : (
        <div>
          <Button size="sm" onClick={() => setPicking(true)}>
            Add another {projectNoun}…
          </Button>
        </div>
      )}
      {problem && !problem.fields?.externalProject && <ProblemNotice problem={problem} className="max-w-xl" />}
    </div>
  );
}
