"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Link2, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useEffect } from "react";
import { problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { onUse, WhileUsed } from "@/components/ui/on-use";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { ShowAll, useFew } from "./few";
import { isEditableHere, isOnItsWay, nounOf, type Place, scopeOf, subjectOf, unlinkingOf } from "./place";
import { useFiling } from "./use-filing";
import { refreshIssues, useIssues } from "./use-issues";

// Most problems have none when they are read.
const loading = () => <Skeleton className="h-7 w-64" />;
const LinkedChip = dynamic(() => import("./linked-chip").then((module) => module.LinkedChip), { ssr: false, loading });
const CreationRow = dynamic(() => import("./creation-row").then((module) => module.CreationRow), {
  ssr: false,
  loading,
});

// On first use only: the dialogs bring the editor with them.
const createDialog = onUse(() => import("./create-dialog"));
const linkDialog = onUse(() => import("./link-dialog"));

/** What a page may do with the section by its keys. */
export type IssueActions = { create: () => void; link: () => void };

export type SectionProps = {
  projectId: string;
  /** Give it a key by this: a form belongs to its result or group, and another one starts afresh. */
  place: Place;
  /** How many results an issue is for that is created or linked here. */
  failures?: number;
  canCreate: boolean;
  /** Hands out the section's actions while it is shown, for the page's keys c and l; null when it goes. */
  register?: ((actions: IssueActions | null) => void) | undefined;
};

/** The issues of a result or of a failure group: chips, what is under way, and the two ways to more of them. */
export function IssuesSection({ projectId, place, failures = 1, canCreate, register }: SectionProps) {
  const client = useQueryClient();
  const { data, error } = useIssues(projectId, subjectOf(place));
  // A problem may have an issue for each of its failures.
  const issues = useFew(data?.issues ?? []);
  const creations = useFew(data?.creations ?? []);
  const filing = useFiling({ projectId, place, issues: data });
  const { dialog, openCreate, openLink, edit, close } = filing;

  const onItsWay = isOnItsWay(data?.creations ?? [], place);
  const editable = data?.creations.find((creation) => isEditableHere(creation, place));
  const isLinkedOnly = data?.isLinkedOnly ?? false;
  const create = useCallback(() => {
    if (isLinkedOnly) return openLink();
    // What was typed for it stopped or waits: that is the form to open, with what was wrong.
    if (editable) edit(editable);
    // Whoever asks again would only join; the row says where it stands and what can be done.
    else if (onItsWay) toast(`An issue for this ${nounOf(place)} is on its way already.`);
    else openCreate();
  }, [editable, edit, isLinkedOnly, onItsWay, openCreate, openLink, place]);

  useEffect(() => {
    if (!canCreate || !register) return;
    register({ create, link: openLink });
    return () => register(null);
  }, [canCreate, register, create, openLink]);

  return (
    <section aria-label="Issues" className="flex min-w-0 max-w-full flex-col gap-2">
      {error && <ProblemNotice problem={problemOf(error)} />}
      {issues.shown.map((issue) => (
        <LinkedChip
          key={issue.id}
          projectId={projectId}
          issue={issue}
          scope={scopeOf(issue, { isGroup: place.groupId !== undefined })}
          unlinking={canCreate ? unlinkingOf(issue, place) : null}
        />
      ))}
      {issues.isCut && <ShowAll count={issues.count} nouns="issues" onShow={issues.showAll} />}
      {creations.shown.map((creation) => (
        <CreationRow
          key={creation.id}
          creation={creation}
          {...(canCreate && {
            onRetry: () => filing.retry(creation.id),
            onDismiss: () => filing.dismiss(creation.id),
            onFileThere: () => filing.fileThere(creation.id),
            onDecide: (decision) => filing.decide(creation.id, decision),
            ...(isEditableHere(creation, place) && { onEdit: () => edit(creation) }),
          })}
        />
      ))}
      {creations.isCut && <ShowAll count={creations.count} nouns="that are no issues yet" onShow={creations.showAll} />}
      {canCreate && (
        <div className="flex flex-wrap gap-2">
          {!onItsWay && !isLinkedOnly && (
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
          <Button
            variant={isLinkedOnly && data?.issues.length === 0 ? "primary" : "outline"}
            onClick={openLink}
            aria-keyshortcuts="l"
          >
            <Link2 aria-hidden /> {isLinkedOnly ? "Link an issue" : "Link"}{" "}
            <kbd aria-hidden className="font-sans text-muted max-sm:hidden">
              L
            </kbd>
          </Button>
        </div>
      )}
      {dialog === "create" && (
        <WhileUsed part={createDialog} giveUp={close}>
          {({ default: CreateDialog }) => (
            <CreateDialog
              projectId={projectId}
              place={place}
              failures={failures}
              isOpen={filing.isOpen}
              existing={data?.issues ?? []}
              integrationId={filing.integrationId}
              refusal={filing.refusal}
              onSend={filing.send}
              onClose={close}
              onCloseAutoFocus={filing.focusBack}
            />
          )}
        </WhileUsed>
      )}
      {dialog === "link" && (
        <WhileUsed part={linkDialog} giveUp={close}>
          {({ default: LinkDialog }) => (
            <LinkDialog
              projectId={projectId}
              place={place}
              failures={failures}
              onLinked={() => {
                close();
                void refreshIssues(client, projectId);
              }}
              onClose={close}
              onCloseAutoFocus={filing.focusBack}
            />
          )}
        </WhileUsed>
      )}
    </section>
  );
}
