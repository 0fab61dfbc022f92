"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { call, problemOf } from "@/components/api";
import { toast } from "@/components/ui/toast";
import type { Problem } from "@/lib/boundary";
import type { CreationView } from "@/lib/issues/shapes";
import type { Sending } from "./create-form";
import type { Decide } from "./decide-creation";
import { nounOf, type Place, subjectOf } from "./place";
import { type Issues, refreshIssues, showAtOnce } from "./use-issues";

type Refusal = Pick<Problem, "title" | "detail" | "fields" | "requestId">;
type Answer = { creation: { id: string } | null; exists?: boolean };

/** What the section of a result or group does: opens its dialogs, sends, and brings the form back when it is refused. */
export function useFiling({
  projectId,
  place,
  issues,
}: {
  projectId: string;
  place: Place;
  issues: Issues | undefined;
}) {
  const client = useQueryClient();
  const [dialog, setDialog] = useState<"create" | "link" | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  // Where the form opens when a particular creation is edited; else it decides by itself.
  const [integrationId, setIntegrationId] = useState<string | null>(null);
  // The creation that was sent from here and has not ended: its refusal brings the form back.
  const sent = useRef<string | null>(null);

  const returnTo = useRef<Element | null>(null);

  const open = useCallback((which: "create" | "link") => {
    returnTo.current = document.activeElement;
    setRefusal(null);
    setIntegrationId(null);
    setDialog(which);
    setOpen(true);
  }, []);
  const openCreate = useCallback(() => open("create"), [open]);
  const openLink = useCallback(() => open("link"), [open]);
  const close = useCallback(() => setDialog(null), []);
  /** Where the keyboard was before the dialog opened. */
  const focusBack = useCallback((event: Event) => {
    event.preventDefault();
    if (returnTo.current instanceof HTMLElement && returnTo.current.isConnected) returnTo.current.focus();
  }, []);
  const bringBack = useCallback((problem: Refusal) => {
    setRefusal(problem);
    setDialog("create");
    setOpen(true);
  }, []);

  /** Opens the form that a stopped creation was sent from, with what was wrong in its place. */
  const edit = useCallback(
    ({ error, integrationId }: CreationView) => {
      returnTo.current = document.activeElement;
      setIntegrationId(integrationId);
      if (error) bringBack(toRefusal(error));
    },
    [bringBack],
  );

  useEffect(() => {
    if (!sent.current || !issues) return;
    const creation = issues.creations.find(({ id }) => id === sent.current);
    if (creation && creation.state !== "failed") return;
    sent.current = null;
    // Created, and with it the draft is gone. The form stays only when somebody has opened it again meanwhile.
    if (!creation) setDialog((now) => (now === "create" && !isOpen ? null : now));
    else if (creation.error) bringBack(toRefusal(creation.error));
  }, [issues, isOpen, bringBack]);

  const send = async (sending: Sending) => {
    const { integrationId, draftId, content, filed, resultIds, another } = sending;
    const { groupId } = place;
    setOpen(false);
    setRefusal(null);
    showAtOnce(client, projectId, subjectOf(place), atOnce(sending, groupId));
    try {
      const { title, description, labels, revealed, attached, externalProject } = content;
      const target = { ...(groupId && { groupId }), ...(externalProject && { externalProject }) };
      const answer = await call<Answer>(`/api/integrations/${integrationId}/create-issue`, {
        method: "POST",
        body: {
          ...{ projectId, title, description, labels, revealed, attached, resultIds, draftId, another },
          ...{ ...filed, ...target },
        },
      });
      if (answer.exists) {
        toast(`This ${nounOf(place)} has an issue by now. Open the form again to create another one.`);
        setDialog(null);
      } else if (answer.creation && answer.creation.id !== draftId) {
        toast("Somebody is creating this issue already. Yours is the same one.");
        setDialog(null);
      } else sent.current = draftId;
    } catch (error) {
      bringBack(problemOf(error));
    } finally {
      await refreshIssues(client, projectId);
    }
  };

  const decide = async (creationId: string, decision: Parameters<Decide>[0]) => {
    try {
      await call(`/api/projects/${projectId}/creations/${creationId}/decide`, { method: "POST", body: decision });
    } finally {
      await refreshIssues(client, projectId);
    }
  };

  /** Lets go of a creation, and leads to the tracker's own form. */
  const fileThere = async (creationId: string) => {
    // Within the click: a browser lets no page open another one later. It is led on when nothing goes on by itself.
    const tab = window.open("", "_blank");
    try {
      const path = `/api/projects/${projectId}/creations/${creationId}/dismiss`;
      const { creation } = await call<{ creation: { newIssueUrl: string } }>(path, { method: "POST" });
      if (tab) {
        tab.opener = null;
        tab.location.replace(creation.newIssueUrl);
      } else {
        const onClick = () => window.open(creation.newIssueUrl, "_blank", "noopener,noreferrer");
        return toast("Faultline has let go of it.", { action: { label: "Open the form", onClick } });
      }
      toast("When it is filed, link it here.", { action: { label: "Link", onClick: openLink } });
    } catch (error) {
      tab?.close();
      toast.error(problemOf(error).detail);
    } finally {
      await refreshIssues(client, projectId);
    }
  };

  const act = async (creationId: string, verb: "retry" | "dismiss") => {
    try {
      await call(`/api/projects/${projectId}/creations/${creationId}/${verb}`, { method: "POST" });
    } catch (error) {
      toast.error(problemOf(error).detail);
    } finally {
      await refreshIssues(client, projectId);
    }
  };

  return {
    dialog,
    isOpen,
    refusal,
    openCreate,
    openLink,
    edit,
    integrationId,
    close,
    focusBack,
    send,
    decide,
    fileThere,
    retry: (id: string) => act(id, "retry"),
    dismiss: (id: string) => act(id, "dismiss"),
  };
}

const toRefusal = ({ message, fields }: NonNullable<CreationView["error"]>): Refusal => ({
  title: "The tracker did not take it",
  detail: message,
  requestId: "",
  ...(fields && { fields }),
});

/** How the row looks between the click and the server's answer. */
const atOnce = (
  { draftId, integrationId, content, resultIds }: Sending,
  groupId: string | undefined,
): CreationView => ({
  id: draftId,
  state: "queued",
  title: content.title,
  externalProject: "",
  integrationId,
  resultIds,
  groupIds: groupId ? [groupId] : [],
  requestedBy: { id: "", name: "you" },
  warnings: [],
  isMine: true,
  isUndecided: false,
  createdAt: new Date().toISOString(),
});
