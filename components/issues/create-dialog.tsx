"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { Problem } from "@/lib/boundary";
import type { DraftView, LinkedIssue } from "@/lib/issues/shapes";
import { type Carried, CreateForm, type Sending } from "./create-form";
import { formQuery } from "./form-query";
import { NoTracker } from "./no-tracker";
import type { Place } from "./place";

export type CreateDialogProps = {
  projectId: string;
  place: Place;
  /** How many results it will be linked to, where it is for a whole failure group. */
  failures: number;
  /** False while what was sent is under way: the form waits unseen, as it was, in case it is refused. */
  isOpen: boolean;
  /** What there is already: one more is then a choice of its own. */
  existing: readonly LinkedIssue[];
  /** The tracker whose form is asked for; null: the one of the open draft, or the last choice. */
  integrationId?: string | null | undefined;
  /** Why an earlier sending of this form was refused. */
  refusal: Pick<Problem, "title" | "detail" | "fields" | "requestId"> | null;
  onSend: (sending: Sending) => void;
  onClose: () => void;
  onCloseAutoFocus: (event: Event) => void;
};

/** Files a failed result, or a whole failure group, as an issue. Loaded on first use; it opens with the person's draft, wherever that was typed. */
export default function CreateDialog(props: CreateDialogProps) {
  const { projectId, isOpen, onClose } = props;
  // A group's sample may change while somebody types, when more of its run comes in: the form stays where it was opened.
  const [place] = useState(props.place);
  const [chosen, setChosen] = useState<string | null>(props.integrationId ?? null);
  const [carried, setCarried] = useState<Carried | null>(null);
  const form = useQuery({
    ...formQuery(projectId, place),
    gcTime: 0,
  });
  const integrationId = chosen ?? form.data?.integrationId ?? null;
  // Where issues are made by hand, there is nothing to fill in here.
  const integrations = form.data?.integrations.filter(({ canCreate }) => canCreate);
  const integration = integrations?.find(({ id }) => id === integrationId);
  const draft = useQuery({
    queryKey: ["draft", projectId, place, integrationId],
    queryFn: () =>
      call<{ draft: DraftView }>(`/api/projects/${projectId}/drafts`, {
        method: "PUT",
        body: { integrationId, ...place },
      }),
    enabled: integration !== undefined,
    // The form holds what is typed; reading the draft again under it would take the words away.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const discard = async () => {
    try {
      await call(`/api/projects/${projectId}/drafts/${draft.data?.draft.id}`, { method: "DELETE" });
    } catch (error) {
      toast.error(problemOf(error).detail);
    }
    await draft.refetch();
  };
  const failure = form.error ?? draft.error;

  return (
    <Dialog open={isOpen} onOpenChange={(opened) => !opened && onClose()}>
      {failure ? (
        <DialogContent title="Create issue" footer={<Button onClick={onClose}>Close</Button>}>
          <ProblemNotice problem={problemOf(failure)} />
        </DialogContent>
      ) : integrations?.length === 0 ? (
        <DialogContent title="Create issue" footer={<Button onClick={onClose}>Close</Button>}>
          {form.data && form.data.integrations.length > 0 ? (
            <Notice title="Issues are created by hand here">
              {form.data.integrations.map(({ name }) => name).join(", ")} takes no issue from Faultline. Create it
              there, then link it.
            </Notice>
          ) : (
            <NoTracker projectId={projectId} />
          )}
        </DialogContent>
      ) : integrations && integration && draft.data ? (
        <CreateForm
          {...props}
          place={place}
          key={draft.data.draft.id}
          integrations={integrations}
          integration={integration}
          onIntegration={(id, { title, description, revealed, attached }) => {
            setCarried({ title, description, revealed, attached });
            setChosen(id);
          }}
          carried={carried}
          initial={draft.data.draft}
          onDiscard={discard}
        />
      ) : (
        <DialogContent title="Create issue" className="sm:max-w-3xl xl:max-w-6xl" aria-busy>
          <div className="flex flex-col gap-3 pb-3">
            <Skeleton className="h-8 w-64" />
            <Skeleton className="h-8" />
            <Skeleton className="h-72" />
            <Skeleton className="h-8" />
          </div>
        </DialogContent>
      )}
    </Dialog>
  );
}
