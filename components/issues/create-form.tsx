"use client";

import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { call, problemOf } from "@/components/api";
import { useLeaveQuestion } from "@/components/attachments/use-leave-question";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Confirm } from "@/components/ui/confirm";
import { DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { isMac } from "@/components/ui/keyboard";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { toast } from "@/components/ui/toast";
import type { DraftView, FormView, PreviewView } from "@/lib/issues/shapes";
import { attachmentIdsIn } from "@/lib/richtext/attachment-ids";
import { AttachFiles } from "./attach-files";
import type { CreateDialogProps } from "./create-dialog";
import { DescriptionField } from "./description-field";
import { FormFields } from "./fields/form-fields";
import { filedAs, isAtFields } from "./fields/keys";
import { LabelsPicker } from "./fields/labels-picker";
import { reporterWords } from "./fields/reporter-words";
import { useFieldErrors } from "./fields/use-field-errors";
import { useTrackerForm } from "./fields/use-tracker-form";
import { FormFooter, FormNotices } from "./form-status";
import { linkedWords, nounOf } from "./place";
import { SecretFindings } from "./secret-findings";
import { TargetFields } from "./target-fields";
import { uploadTo } from "./upload-to";
import { type Content, useDraft } from "./use-draft";
import { useOutgoing } from "./use-outgoing";

/** What leaves the form: everything that was typed, so that a refusal can bring it back as it was. */
export type Sending = {
  integrationId: string;
  draftId: string;
  content: Content;
  /** The tracker's type, and the values of its fields as they are sent. */
  filed: { type?: string; fields?: Record<string, unknown> };
  resultIds: string[];
  another: boolean;
};

/** What goes along to another tracker's form, which nobody has typed into yet. */
export type Carried = Pick<Content, "title" | "description" | "revealed" | "attached">;

type Integration = FormView["integrations"][number];
type Props = CreateDialogProps & {
  integrations: readonly Integration[];
  integration: Integration;
  onIntegration: (id: string, carried: Carried) => void;
  initial: DraftView;
  carried: Carried | null;
  onDiscard: () => Promise<unknown>;
};

/** The form itself: where to, what, as whom. Everything typed is saved while it is typed. */
export function CreateForm(props: Props) {
  const { projectId, place, failures, existing, refusal, integration, initial, onSend, onClose, onDiscard } = props;
  const at = { projectId, integrationId: integration.id, ...place };
  const { content, version, saving, edit, editField, flush, takeNewer, keepMine } = useDraft(at, initial);
  const { carried } = props;
  const isFresh = initial.version === 1;
  useEffect(() => {
    if (carried && isFresh) edit(carried);
  }, [carried, isFresh, edit]);
  const titleField = useRef<HTMLInputElement>(null);
  const previewPath = `/api/projects/${projectId}/drafts/${initial.id}/preview`;
  // Once for each form: what the text becomes while it is typed is worked out here, by the code that sends it.
  const preview = useQuery({
    queryKey: ["draft-preview", initial.id],
    queryFn: ({ signal }) => call<PreviewView>(previewPath, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { externalProject, typeId } = content;
  const formAt = useMemo(
    () => ({ projectId, integrationId: integration.id, externalProject, typeId }),
    [projectId, integration.id, externalProject, typeId],
  );
  const tracked = useTrackerForm(formAt, integration.hasForm);
  const { form } = tracked;
  const takesLabels = form?.labels !== "none";
  const labels = useMemo(
    () => (takesLabels ? [...new Set([...integration.labels, ...content.labels])] : []),
    [takesLabels, integration.labels, content.labels],
  );
  const fieldErrors = useFieldErrors({ form, typed: content.fields, refused: refusal?.fields });
  const inText = useMemo(() => attachmentIdsIn(content.description), [content.description]);
  const made = useOutgoing(preview.data?.frame, { ...content, labels });
  const target =
    integration.externalProjects.find(({ remoteId }) => remoteId === content.externalProject) ??
    integration.externalProjects[0];

  const publicPlace = target?.isPublic ? target.key : null;

  // Where a picture that was just pasted can be seen, the server says, once it has the text that shows it.
  const { data: framed, refetch } = preview;
  // Which they are, and not whether there are any: one more may come while the server is asked for another.
  const unknown = framed ? inText.filter((id) => !Object.hasOwn(framed.frame.reachable, id)).join() : "";
  useEffect(() => {
    if (unknown) void flush().then(() => refetch());
  }, [unknown, flush, refetch]);
  const [uploads, setUploads] = useState(0);
  useLeaveQuestion(uploads > 0);
  const draftId = initial.id;
  const files = useMemo(
    () => ({
      upload: uploadTo({ projectId, draftId }),
      onUploads: setUploads,
      addressOf: (id: string) => `/api/projects/${projectId}/attachments/${encodeURIComponent(id)}`,
    }),
    [projectId, draftId],
  );

  const title = made && "title" in made ? made.title.trim() : content.title.trim();
  const titleLength = [...title].length;
  const tooLong = titleLength > integration.titleChars;
  const canSend = titleLength > 0 && !tooLong && uploads === 0 && saving.state !== "changed" && saving.state !== "gone";
  const others = existing.filter((issue) => issue.integration.id === integration.id);

  const send = () => {
    if (!canSend || !fieldErrors.check()) return;
    void flush();
    const resultIds = [place.resultId];
    const filed = filedAs(form, content);
    const another = others.length > 0;
    onSend({ integrationId: integration.id, draftId: initial.id, content, filed, resultIds, another });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || event.defaultPrevented) return;
    event.preventDefault();
    send();
  };
  /** The tracker's own form with what is typed now: made when it is asked for. */
  const fileThere = async () => {
    // Within the click: a browser lets no page open another one later.
    const opened = window.open("", "_blank");
    try {
      await flush();
      const { newIssueUrl } = await call<PreviewView>(previewPath);
      if (!newIssueUrl) throw new Error(`An issue for this ${nounOf(place)} is on its way.`);
      if (opened) opened.opener = null;
      if (opened) opened.location.replace(newIssueUrl);
      else location.assign(newIssueUrl);
    } catch (error) {
      opened?.close();
      toast.error(problemOf(error).detail);
    }
  };

  return (
    <DialogContent
      title="Create issue"
      className="sm:max-w-3xl xl:max-w-6xl"
      onKeyDown={onKeyDown}
      onCloseAutoFocus={props.onCloseAutoFocus}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        titleField.current?.focus();
      }}
      // A click beside the dialog must not take a half-written text off the screen.
      onInteractOutside={(event) => event.preventDefault()}
      notice={
        <>
          <FormNotices saving={saving} preview={preview.data} onTakeNewer={takeNewer} onKeepMine={keepMine} />
          {refusal && !isAtFields(refusal.fields, form) && <Refusal refusal={refusal} />}
        </>
      }
      footer={
        <>
          <FormFooter
            saving={saving}
            preview={preview.data}
            reporter={reporterWords(tracked, content.fields, integration.name)}
            linked={linkedWords(place, failures)}
            onFileThere={() => void fileThere()}
          />
          {version > 1 && (
            <Confirm
              trigger={<Button variant="ghost">Start over</Button>}
              title="Discard this draft?"
              consequence={`What you typed for this ${nounOf(place)} is thrown away. The form starts again from the failure.`}
              action="Discard draft"
              danger
              onConfirm={onDiscard}
            />
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!canSend} onClick={send}>
            {others.length > 0 ? "Create another" : "Create"}{" "}
            <kbd aria-hidden className="font-sans max-sm:hidden">
              {isMac ? "⌘↵" : "Ctrl ↵"}
            </kbd>
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        {others.length > 0 && (
          <Notice tone="warning" title={`This ${nounOf(place)} has ${others.map(({ key }) => key).join(", ")} already`}>
            Creating files one more issue beside it.
          </Notice>
        )}
        <TargetFields
          {...props}
          onIntegration={(id) => props.onIntegration(id, content)}
          value={externalProject}
          onChange={(externalProject) => edit({ externalProject })}
          types={form ? form.types : tracked.problem ? null : undefined}
          typeId={form?.typeId}
          onType={(typeId) => edit({ typeId })}
          typeError={refusal?.fields?.type}
        />
        <Field
          label="Title"
          required
          error={
            tooLong
              ? `${integration.label} takes ${integration.titleChars} characters at most.`
              : refusal?.fields?.title
          }
          hint={
            <span className={cn(tooLong && "text-danger")}>
              {titleLength} of {integration.titleChars}
            </span>
          }
        >
          <Input ref={titleField} value={content.title} onChange={(event) => edit({ title: event.target.value })} />
        </Field>

        <DescriptionField
          value={content.description}
          onChange={(description) => edit({ description })}
          onSubmit={send}
          made={made}
          publicPlace={publicPlace}
          error={refusal?.fields?.description}
          files={files}
        />
        {made && "findings" in made && (
          <SecretFindings
            findings={made.findings}
            revealed={content.revealed}
            onChange={(revealed) => edit({ revealed })}
            publicPlace={publicPlace}
          />
        )}

        {integration.hasForm && (
          <FormFields
            at={formAt}
            tracked={tracked}
            typed={content.fields}
            onEdit={editField}
            errors={fieldErrors.errors}
            onFileThere={() => void fileThere()}
          />
        )}
        {takesLabels ? (
          <Field label="Labels" error={refusal?.fields?.labels}>
            <LabelsPicker
              at={formAt}
              form={form}
              fixed={integration.labels}
              labels={content.labels}
              onChange={(labels) => edit({ labels })}
            />
          </Field>
        ) : (
          <p className="text-meta text-muted">Its form has no labels, so that none are set.</p>
        )}
        <AttachFiles
          files={(preview.data?.files ?? []).map((file) => ({ ...file, isInText: inText.includes(file.id) }))}
          chosen={content.attached}
          onChange={(attached) => edit({ attached })}
          way={integration.files}
          uploads={target?.uploadsFiles ?? false}
        />
      </div>
    </DialogContent>
  );
}

/** Ours come with a request id; what the tracker said is told in its own words. */
const Refusal = ({ refusal }: { refusal: NonNullable<Props["refusal"]> }) =>
  refusal.requestId ? (
    <ProblemNotice problem={refusal} />
  ) : (
    <Notice tone="error" title={refusal.title}>
      {refusal.detail}
    </Notice>
  );
