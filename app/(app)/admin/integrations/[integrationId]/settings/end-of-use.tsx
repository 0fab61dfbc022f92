"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Section } from "@/components/ui/page";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { toast } from "@/components/ui/toast";
import type { Attempt, Problem } from "@/lib/boundary";
import { counted } from "@/lib/integrations/counted";
import { disable, enable, remove } from "../../actions";

type Uses = { projects: number; issues: number; creations: number; drafts: number };
type Props = {
  integration: { id: string; name: string; status: "active" | "disabled" };
  uses: Uses;
};

/** Disabling keeps everything; deleting is for an integration that nothing came from. */
export function EndOfUse({ integration: { id: integrationId, name, status }, uses }: Props) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const isEnabled = status === "active";
  const canDelete = uses.issues + uses.creations === 0;

  const settle = (answer: Attempt<unknown>, done: string, go?: string) => {
    setProblem(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    toast.success(done);
    if (go) router.push(go);
    router.refresh();
  };

  return (
    <>
      <Section
        title={isEnabled ? "In use" : "Disabled"}
        description={
          isEnabled
            ? "Disabling stops everything that goes out to the tracker. Issues, links and settings stay."
            : "Nothing is sent to the tracker. Issues, links and settings are as they were."
        }
        actions={
          isEnabled ? (
            <Confirm
              trigger={<Button>Disable</Button>}
              title={`Disable integration “${name}”?`}
              consequence={endOfSending(uses)}
              action="Disable integration"
              onConfirm={async () => settle(await disable({ integrationId }), `${name} is disabled.`)}
            />
          ) : (
            <Button
              variant="primary"
              onClick={async () => settle(await enable({ integrationId }), `${name} is in use.`)}
            >
              Enable
            </Button>
          )
        }
      >
        {null}
      </Section>
      <Section
        title="Delete"
        description={
          canDelete
            ? "The stored credential and the assignments to projects go with it."
            : `${counted(Math.max(uses.issues, uses.creations), "issue")} came through it, and their links lead through it. It can only be disabled.`
        }
        actions={
          canDelete && (
            <Confirm
              danger
              trigger={<Button variant="danger">Delete…</Button>}
              title={`Delete integration “${name}”?`}
              consequence={endOfAll(uses)}
              action="Delete integration"
              onConfirm={async () =>
                settle(await remove({ integrationId, isConfirmed: true }), `${name} is deleted.`, "/admin/integrations")
              }
            />
          )
        }
      >
        {problem && <ProblemNotice problem={problem} />}
      </Section>
    </>
  );
}

const endOfSending = ({ projects, issues }: Uses) =>
  [
    projects === 0
      ? "No project uses it."
      : `${counted(projects, "project")} can create and link nothing through it until it is enabled again.`,
    issues > 0 && `${counted(issues, "issue")} and their links stay.`,
  ]
    .filter(Boolean)
    .join(" ");

const endOfAll = ({ projects, drafts }: Uses) =>
  [
    projects > 0 && `Removes it from ${counted(projects, "project")}.`,
    drafts > 0 && `Deletes ${counted(drafts, "draft")} of issues.`,
    "The stored credential is deleted. This cannot be undone.",
  ]
    .filter(Boolean)
    .join(" ");
