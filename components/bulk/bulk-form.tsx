"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from "react";
import { call, problemOf } from "@/components/api";
import { FormFields } from "@/components/issues/fields/form-fields";
import { filedAs, type Typed } from "@/components/issues/fields/keys";
import { LabelsPicker } from "@/components/issues/fields/labels-picker";
import { useFieldErrors } from "@/components/issues/fields/use-field-errors";
import { useTrackerForm } from "@/components/issues/fields/use-tracker-form";
import { TargetFields } from "@/components/issues/target-fields";
import { Button } from "@/components/ui/button";
import { DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { isMac } from "@/components/ui/keyboard";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { Problem } from "@/lib/boundary";
import type { BulkMode } from "@/lib/db/generated/enums";
import type { BulkPlan } from "@/lib/issues/bulk/shapes";
import type { FormView } from "@/lib/issues/shapes";
import { counted } from "../triage/words";
import type { BulkDialogProps } from "./bulk-dialog";
import { ModeField } from "./mode-field";
import { consequencesOf, leftOutOf } from "./words";

type Integration = FormView["integrations"][number];
type Props = BulkDialogProps & {
  integrations: readonly Integration[];
  integration: Integration;
  onIntegration: (id: string) => void;
  onStarted: () => void;
};

/** Where to, how many, and what follows from it in numbers. */
export function BulkForm(props: Props) {
  const { projectId, runId, selection, integration, onStarted, onClose, onCloseAutoFocus } = props;
  const router = useRouter();
  const [externalProject, setExternalProject] = useState(integration.externalProjects[0]?.remoteId ?? "");
  const [mode, setMode] = useState<BulkMode>("per_group");
  const [labels, setLabels] = useState<string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const [typeId, setTypeId] = useState<string | null>(null);
  const [typed, setTyped] = useState<Typed>({});
  const onEdit = useCallback((key: string, value: unknown) => setTyped((now) => ({ ...now, [key]: value })), []);
  const formAt = useMemo(
    () => ({ projectId, integrationId: integration.id, externalProject, typeId }),
    [projectId, integration.id, externalProject, typeId],
  );
  const tracked = useTrackerForm(formAt, integration.hasForm);
  const { form } = tracked;
  const fieldErrors = useFieldErrors({ form, typed, refused: refusal?.fields });
  const asked = { runId, integrationId: integration.id, externalProject, mode, selection };
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ["bulk-plan", projectId, asked],
    queryFn: ({ signal }) =>
      call<BulkPlan>(`/api/projects/${projectId}/bulk/plan`, { method: "POST", body: asked, signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  // What is counted for another mode is not what the button would do.
  const plan = isPlaceholderData ? undefined : data;
  const total = plan?.issues[mode] ?? 0;
  const canStart = plan !== undefined && plan.refusal === null && !isBusy;
  const key = useRef({ of: "", id: "" });

  const start = async () => {
    if (!canStart || !fieldErrors.check()) return;
    setBusy(true);
    setRefusal(null);
    try {
      const body = { ...asked, ...filedAs(form, { typeId, fields: typed }), labels, expected: total };
      // Sent again after an answer that was lost, it is the same request.
      if (key.current.of !== JSON.stringify(body)) key.current = { of: JSON.stringify(body), id: crypto.randomUUID() };
      const path = `/api/projects/${projectId}/bulk`;
      const { bulk } = await call<{ bulk: { id: string } }>(path, { method: "POST", body, key: key.current.id });
      const onClick = () => router.push(`/projects/${projectId}/bulk/${bulk.id}`);
      toast(`Creating ${counted(total, "issue")}…`, { action: { label: "Show progress", onClick } });
      onStarted();
    } catch (thrown) {
      setRefusal(problemOf(thrown));
      setBusy(false);
      void refetch();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || event.defaultPrevented) return;
    event.preventDefault();
    void start();
  };

  return (
    <DialogContent
      title="Create issues"
      description={
        data &&
        `Run #${data.run.number} · ${counted(data.failures, "failure")}, ${counted(data.problems, "problem")} selected`
      }
      onKeyDown={onKeyDown}
      onCloseAutoFocus={onCloseAutoFocus}
      onInteractOutside={(event) => event.preventDefault()}
      notice={refusal && <ProblemNotice problem={refusal} />}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!canStart} busy={isBusy} onClick={start}>
            {plan && total > 0 ? `Create ${counted(total, "issue")}` : "Create issues"}{" "}
            <kbd aria-hidden className="font-sans max-sm:hidden">
              {isMac ? "⌘↵" : "Ctrl ↵"}
            </kbd>
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        <TargetFields
          {...props}
          value={externalProject}
          onChange={setExternalProject}
          types={form ? form.types : tracked.problem ? null : undefined}
          typeId={form?.typeId}
          onType={setTypeId}
          typeError={refusal?.fields?.type}
        />
        <ModeField value={mode} onChange={setMode} issues={data?.issues} />
        {integration.hasForm && (
          <FormFields at={formAt} tracked={tracked} typed={typed} onEdit={onEdit} errors={fieldErrors.errors} />
        )}
        {form?.labels !== "none" && (
          <Field label="Labels" hint="Put on each of them.">
            <LabelsPicker at={formAt} form={form} fixed={integration.labels} labels={labels} onChange={setLabels} />
          </Field>
        )}
        <section aria-label="What will happen" aria-live="polite" className="min-h-24">
          <h3 className="mb-1 font-medium text-ui">What will happen</h3>
          {error ? (
            <ProblemNotice problem={problemOf(error)} />
          ) : !plan ? (
            <Consequences lines={null} />
          ) : plan.refusal ? (
            <div className="flex flex-col gap-2">
              <Notice tone="warning" title="Nothing would be created this way">
                {plan.refusal}
              </Notice>
              <Consequences lines={leftOutOf(plan)} />
            </div>
          ) : (
            <Consequences lines={consequencesOf(plan)} />
          )}
        </section>
      </div>
    </DialogContent>
  );
}

const Consequences = ({ lines }: { lines: readonly string[] | null }) =>
  lines ? (
    <ul className="flex list-disc flex-col gap-1 pl-4 text-muted marker:text-line-strong">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  ) : (
    <div className="flex flex-col gap-2 pt-1">
      <Skeleton className="h-3.5 w-4/5" />
      <Skeleton className="h-3.5 w-3/5" />
      <Skeleton className="h-3.5 w-2/3" />
    </div>
  );
