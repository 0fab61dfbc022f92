"use client";

import { EllipsisVertical, Star } from "lucide-react";
import { useId, useOptimistic } from "react";
import { LabelsField } from "@/components/forms/labels-field";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Switch } from "@/components/ui/switch";
import type { AssignmentListed } from "@/lib/integrations/list-assignments";
import { update } from "./actions";
import { ExternalProjects } from "./external-projects";
import { SeverLinks } from "./sever";
import { Unassign, type Uses } from "./unassign";
import { useChange } from "./use-change";

type Changes = { isPrimary?: true; active?: boolean; addProductLabel?: boolean; defaultLabels?: string[] };
type Props = { projectId: string; assignment: AssignmentListed; uses: Uses };

/** One assigned tracker: sentences that say what happens, each with its control. */
export function AssignmentSection({ projectId, assignment, uses }: Props) {
  const { change, isBusy, problem } = useChange();
  const { id: assignmentId, name, blocked } = assignment;
  const ids = { projectId, assignmentId };
  const [shown, show] = useOptimistic(assignment, (now, changes: Changes) => ({ ...now, ...changes }));
  const { isPrimary, active } = shown;
  const set = (changes: Changes, done: string) =>
    change({ work: () => update({ ...ids, ...changes }), done, show: () => show(changes) });
  const labelsId = useId();

  return (
    <Section
      title={
        <span className="flex flex-wrap items-center gap-2">
          {name}
          {isPrimary && (
            <Badge>
              <Star aria-hidden /> primary
            </Badge>
          )}
        </span>
      }
      description={describe(assignment)}
      actions={
        <div className="flex items-center gap-3">
          <SwitchLine
            label="Active"
            isOn={active}
            disabled={isBusy}
            onChange={(isOn) => set({ active: isOn }, isOn ? `${name} is active.` : `${name} is switched off here.`)}
          />
          <Menu>
            <MenuTrigger asChild>
              <Button variant="ghost" size="icon-sm" aria-label={`More about ${name}`}>
                <EllipsisVertical aria-hidden />
              </Button>
            </MenuTrigger>
            <MenuContent align="end">
              <MenuItem disabled={isPrimary} onSelect={() => set({ isPrimary: true }, `${name} is primary now.`)}>
                <Star aria-hidden /> {isPrimary ? "Is the primary one" : "Make primary"}
              </MenuItem>
            </MenuContent>
          </Menu>
        </div>
      }
    >
      <div className="flex flex-col gap-4">
        {blocked && blocked.kind !== "no_project" && (
          <Notice tone="warning" title="Nothing can be created here at present">
            {blocked.message}
          </Notice>
        )}
        {problem && <ProblemNotice problem={problem} />}
        <ExternalProjects ids={ids} assignment={assignment} />
        {assignment.canCreate ? (
          <div className="flex flex-col gap-1.5">
            <label htmlFor={labelsId} className="font-medium">
              Every new issue gets the labels
            </label>
            <div className="max-w-xl">
              <LabelsField
                id={labelsId}
                labels={shown.defaultLabels}
                maxLength={200}
                placeholder="such as test-failure, then Enter"
                disabled={isBusy}
                onChange={(defaultLabels) => set({ defaultLabels }, "The labels are saved.")}
              />
            </div>
            <SwitchLine
              label="and the label “faultline”, so that people see where it came from"
              isOn={shown.addProductLabel}
              disabled={isBusy}
              onChange={(addProductLabel) =>
                set(
                  { addProductLabel },
                  addProductLabel ? "New issues get the label." : "New issues do not get the label.",
                )
              }
            />
          </div>
        ) : (
          <p className="max-w-xl text-muted">
            Issues are linked by their id or address. Nothing is filed in {name}, and nothing changes what was linked.
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <SeverLinks ids={ids} name={name} uses={uses} />
          <Unassign ids={ids} name={name} uses={uses} />
        </div>
      </div>
    </Section>
  );
}

const describe = ({ providerLabel, baseUrl, author }: AssignmentListed) =>
  [
    providerLabel,
    new URL(baseUrl).host,
    author?.login && `issues are filed as ${author.login}, whose credential this is`,
  ]
    .filter(Boolean)
    .join(" · ");

type SwitchProps = { label: string; isOn: boolean; disabled: boolean; onChange: (isOn: boolean) => void };

function SwitchLine({ label, isOn, disabled, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <Switch id={id} checked={isOn} disabled={disabled} onCheckedChange={onChange} />
      <label htmlFor={id}>{label}</label>
    </div>
  );
}
