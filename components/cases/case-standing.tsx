"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { call, problemOf } from "@/components/api";
import { Judged } from "@/components/triage/history";
import { SeverityButton } from "@/components/triage/severity-button";
import { SeverityMenu } from "@/components/triage/severity-menu";
import { assessmentWords, originOf, severityWords } from "@/components/triage/words";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { Severity } from "@/lib/db/generated/enums";
import type { Case } from "@/lib/results/case-shapes";
import type { AssessmentView, Standing } from "@/lib/triage/shapes";

// On first use only.
const AssessDialog = dynamic(() => import("@/components/triage/assess-dialog"), { ssr: false });

type Judgement = { severity?: Severity | null; assessment?: Standing["assessment"]; until?: string; reason?: string };
type Props = { projectId: string; found: Case; history: AssessmentView[]; canTriage: boolean };

/** How bad a failure of the case is, what people think of it, where both come from, and how they came about. */
export function CaseStanding({ projectId, found, history, canTriage }: Props) {
  const { id, name, severity, severitySource, assessment, assessedUntil } = found;
  const told = history.find(({ field, after }) => field === "severity" && after === severity);
  const router = useRouter();
  const client = useQueryClient();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isAssessing, setAssessing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const assess = useRef<HTMLButtonElement>(null);

  const judge = async (judgement: Judgement, words: string): Promise<boolean> => {
    setBusy(true);
    try {
      await call(`/api/projects/${projectId}/cases/${id}/assess`, { method: "POST", body: judgement });
      toast.success(words);
      // A severity of a case reaches the problems of the runs.
      void client.invalidateQueries({ queryKey: ["groups"] });
      router.refresh();
      return true;
    } catch (error) {
      const { title, detail } = problemOf(error);
      toast.error(title, { description: detail });
      return false;
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {canTriage ? (
          <SeverityMenu
            value={severity}
            isOpen={isMenuOpen}
            onOpenChange={setMenuOpen}
            onPick={(next) =>
              void judge({ severity: next }, `The severity is ${severityWords[next].toLowerCase()} now.`)
            }
          >
            <SeverityButton severity={severity} busy={isBusy} aria-keyshortcuts={undefined} title="Severity" />
          </SeverityMenu>
        ) : (
          <SeverityButton severity={severity} isFixed />
        )}
        <span className="break-words text-muted">set {originOf(severitySource, told)}</span>
        {canTriage && severitySource === "hand" && (
          <Button
            size="sm"
            variant="ghost"
            disabled={isBusy}
            onClick={() => void judge({ severity: null }, "The severity is what reports tell again.")}
          >
            Take back
          </Button>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="font-medium">{assessmentWords[assessment]}</span>
        {assessedUntil && (
          <span className="text-muted">
            until <Time at={assessedUntil} exact />
          </span>
        )}
        {canTriage && (
          <Button ref={assess} size="sm" disabled={isBusy} onClick={() => setAssessing(true)}>
            Assess…
          </Button>
        )}
      </div>
      {history.length > 0 && (
        <details>
          <summary className="text-muted hover:text-fg">History</summary>
          <ol aria-label="History of severity and assessment" className="mt-1 flex flex-col">
            {history.map((entry) => (
              <Judged key={entry.id} entry={entry} />
            ))}
          </ol>
        </details>
      )}
      {isAssessing && (
        <AssessDialog
          groups={[{ title: name, assessment, assessedUntil }]}
          noun="test case"
          onAssess={(judgement) => judge(judgement, "The test case is assessed.")}
          onClose={() => setAssessing(false)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            assess.current?.focus();
          }}
        />
      )}
    </div>
  );
}
