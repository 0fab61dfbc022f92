"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { call } from "@/components/api";
import LazyEditor from "@/components/editor/lazy-editor";
import { Preview } from "@/components/editor/preview";
import { LabelsField } from "@/components/forms/labels-field";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Confirm } from "@/components/ui/confirm";
import { DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { isMac } from "@/components/ui/keyboard";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { DraftView, FormView, PreviewView } from "@/lib/issues/shapes";
import type { CreateDialogProps } from "./create-dialog";
import { FormFooter, FormNotices } from "./form-status";
import { SizeMeter } from "./size-meter";
import { TargetFields } from "./target-fields";
import { type Content, useDraft } from "./use-draft";

/** What leaves the form: everything that was typed, so that a refusal can bring it back as it was. */
export type Sending = {
  integrationId: string;
  draftId: string;
  content: Content;
  resultIds: string[];
  another: boolean;
};

type Integration = FormView["integrations"][number];
type Props = CreateDialogProps & {
  integrations: readonly Integration[];
  integration: Integration;
  onIntegration: (id: string) => void;
  initial: DraftView;
  onDiscard: () => Promise<unknown>;
};

/** The form itself: where to, what, as whom. Everything typed is saved while it is typed. */
export function CreateForm(props: Props) {
  const {
    projectId,
    resultId,
    alsoResultIds = [],
    existing,
    refusal,
    integration,
    initial,
    onSend,
    onClose,
    onDiscard,
  } = props;
  const place = { projectId, integrationId: integration.id, resultId };
  const { content, version, saving, edit, flush, takeNewer, keepMine } = useDraft(place, initial);
  const [tab, setTab] = useState("write");
  const describedBy = useId();
  const titleField = useRef<HTMLInputElement>(null);
  const preview = useQuery({
    queryKey: ["draft-preview", initial.id, version],
    queryFn: ({ signal }) => call<PreviewView>(`/api/projects/${projectId}/drafts/${initial.id}/preview`, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
  });

  const title = content.title.trim();
  const titleLength = [...title].length;
  const tooLong = titleLength > integration.titleChars;
  const canSend = titleLength > 0 && !tooLong && saving.state !== "changed" && saving.state !== "gone";
  const others = existing.filter((issue) => issue.integration.id === integration.id);
  const resultIds = [resultId, ...alsoResultIds.filter((id) => id !== resultId)];

  const send = () => {
    if (!canSend) return;
    void flush();
    onSend({ integrationId: integration.id, draftId: initial.id, content, resultIds, another: others.length > 0 });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || event.defaultPrevented) return;
    event.preventDefault();
    send();
  };
  const showTab = (next: string) => {
    setTab(next);
    if (next !== "write") void flush();
  };

  return (
    <DialogContent
      title="Create issue"
      className="sm:max-w-3xl"
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
          {refusal && !refusal.fields?.title && <Refusal refusal={refusal} />}
        </>
      }
      footer={
        <>
          <FormFooter saving={saving} preview={preview.data} resultCount={resultIds.length} />
          {version > 1 && (
            <Confirm
              trigger={<Button variant="ghost">Start over</Button>}
              title="Discard this draft?"
              consequence="What you typed for this result is thrown away. The form starts again from the failure."
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
          <Notice tone="warning" title={`This result has ${others.map(({ key }) => key).join(", ")} already`}>
            Creating files one more issue beside it.
          </Notice>
        )}
        <TargetFields
          {...props}
          value={content.externalProject}
          onChange={(externalProject) => edit({ externalProject })}
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

        <Tabs value={tab} onValueChange={showTab}>
          <TabsList className="mb-2" aria-label="Description">
            <TabsTrigger value="write">Write</TabsTrigger>
            <TabsTrigger value="preview">Preview</TabsTrigger>
            <TabsTrigger value="source">Source</TabsTrigger>
          </TabsList>
          {/* Hidden, not taken away: the editor keeps its cursor and what can be undone. */}
          <TabsContent value="write" forceMount className="data-[state=inactive]:hidden">
            <LazyEditor
              value={content.description}
              onChange={(description) => edit({ description })}
              label="Description"
              onSubmit={send}
              describedBy={describedBy}
            />
          </TabsContent>
          {(["preview", "source"] as const).map((view) => (
            <TabsContent key={view} value={view}>
              {preview.data ? (
                <Preview markdown={preview.data.output} view={view === "preview" ? "rendered" : "source"} />
              ) : (
                <Skeleton className="h-56" />
              )}
            </TabsContent>
          ))}
          <div id={describedBy} className="mt-1.5 min-h-4">
            {preview.data && <SizeMeter {...preview.data} />}
          </div>
        </Tabs>

        <Field label="Labels" error={refusal?.fields?.labels}>
          <LabelsField fixed={integration.labels} labels={content.labels} onChange={(labels) => edit({ labels })} />
        </Field>
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
