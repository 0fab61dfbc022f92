"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Link2, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useEffect } from "react";
import { toast } from "sonner";
import { problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { ProblemNotice } from "@/components/ui/problem-notice";
import type { CreationView } from "@/lib/issues/shapes";
import { CreationRow } from "./creation-row";
import { LinkedChip } from "./linked-chip";
import { useFiling } from "./use-filing";
import { refreshIssues, useIssues } from "./use-issues";

// On first use only: the dialogs bring the editor with them.
const CreateDialog = dynamic(() => import("./create-dialog"), { ssr: false });
const LinkDialog = dynamic(() => import("./link-dialog"), { ssr: false });

/** What a page may do with the section by its keys. */
export type IssueActions = { create: () => void; link: () => void };

type Props = {
  projectId: string;
  runId: string;
  resultId: string;
  canCreate: boolean;
  /** Hands out the section's actions while it is shown, for the page's keys c and l; null when it goes. */
  register?: (actions: IssueActions | null) => void;
};

/** The issues of a result: chips, what is under way, and the two ways to more of them. */
export function ResultIssues(props: Props) {
  // A form belongs to its result: another result starts afresh.
  return <Section key={props.resultId} {...props} />;
}

function Section({ projectId, resultId, canCreate, register }: Props) {
  const client = useQueryClient();
  const { data, error } = useIssues(projectId, { resultId });
  const filing = useFiling({ projectId, resultId, issues: data });
  const { dialog, openCreate, openLink, edit, close } = filing;

  const onItsWay = data?.creations.some(({ state }) => state !== "failed") ?? false;
  const editable = data?.creations.find((creation) => isEditableHere(creation, resultId));
  const create = useCallback(() => {
    // What was typed for this result stopped or waits: that is the form to open, with what was wrong.
    if (editable) edit(editable);
    // Whoever asks again would only join; the row says where it stands and what can be done.
    else if (onItsWay) toast("An issue for this result is on its way already.");
    else openCreate();
  }, [editable, edit, onItsWay, openCreate]);

  useEffect(() => {
    if (!canCreate || !register) return;
    register({ create, link: openLink });
    return () => register(null);
  }, [canCreate, register, create, openLink]);

  return (
    <section aria-label="Issues" className="flex flex-col gap-2">
      {error && <ProblemNotice problem={problemOf(error)} />}
      {data?.issues.map((issue) => (
        <LinkedChip key={issue.id} projectId={projectId} issue={issue} from={{ resultId }} canUnlink={canCreate} />
      ))}
      {data?.creations.map((creation) => (
        <CreationRow
          key={creation.id}
          creation={creation}
          {...(canCreate && {
            onRetry: () => filing.retry(creation.id),
            onDismiss: () => filing.dismiss(creation.id),
            onFileThere: () => filing.fileThere(creation.id),
            onDecide: (decision) => filing.decide(creation.id, decision),
            ...(isEditableHere(creation, resultId) && { onEdit: () => edit(creation) }),
          })}
        />
      ))}
      {canCreate && (
        <div className="flex flex-wrap gap-2">
          {!onItsWay && (
            <Button
              variant={data && data.issues.length + data.creations.length > 0 ? "outline" : "primary"}
              onClick={create}
              aria-keyshortcuts="c"
            >
              <Plus aria-hidden /> {data && data.issues.length > 0 ? "Create another issue" : "Create issue"}
              <kbd aria-hidden className="font-sans max-sm:hidden">
                C
              </kbd>
            </Button>
          )}
          <Button onClick={openLink} aria-keyshortcuts="l">
            <Link2 aria-hidden /> Link{" "}
            <kbd aria-hidden className="font-sans text-muted max-sm:hidden">
              L
            </kbd>
          </Button>
        </div>
      )}
      {dialog === "create" && (
        <CreateDialog
          projectId={projectId}
          resultId={resultId}
          isOpen={filing.isOpen}
          existing={data?.issues ?? []}
          integrationId={filing.integrationId}
          refusal={filing.refusal}
          onSend={filing.send}
          onClose={close}
          onCloseAutoFocus={filing.focusBack}
        />
      )}
      {dialog === "link" && (
        <LinkDialog
          projectId={projectId}
          resultId={resultId}
          onLinked={() => {
            close();
            void refreshIssues(client, projectId);
          }}
          onClose={close}
          onCloseAutoFocus={filing.focusBack}
        />
      )}
    </section>
  );
}

/** Yours, stopped, and the form that it came from stands at this result. */
const isEditableHere = ({ draft }: CreationView, resultId: string) => draft?.resultId === resultId;
