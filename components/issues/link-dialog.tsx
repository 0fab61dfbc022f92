"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { call, problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, NativeSelect } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { FormView, IssueView } from "@/lib/issues/shapes";
import { formQuery } from "./form-query";
import { wordOf } from "./issue-chip";
import { linkedWords, type Place } from "./place";
import { StateDot } from "./state-dot";

type Found = { issue: Pick<IssueView, "key" | "url" | "title" | "state" | "category" | "assignee"> };
type Props = {
  projectId: string;
  place: Place;
  /** How many results it will be linked to, where it is for a whole failure group. */
  failures: number;
  onLinked: (key: string) => void;
  onClose: () => void;
  onCloseAutoFocus: (event: Event) => void;
};

const pauseMs = 350;

const hintFor = ({ canCreate, externalProjects, name }: FormView["integrations"][number]) =>
  canCreate
    ? `An issue of ${externalProjects.map(({ key }) => key).join(", ")}.`
    : `An issue of ${name}, by what stands in its address.`;

/** Links an issue that exists already: paste its address or key, see what it is, link it. */
export default function LinkDialog({ projectId, place, failures, onLinked, onClose, onCloseAutoFocus }: Props) {
  const [text, setText] = useState("");
  const [ref, setRef] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const form = useQuery(formQuery(projectId, place));
  const integrations = form.data?.integrations ?? [];
  const integration = integrations.find(({ id }) => id === (chosen ?? form.data?.integrationId));

  useEffect(() => {
    setRefused(null);
    const timer = setTimeout(() => setRef(text.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);

  const found = useQuery({
    queryKey: ["issue-look-up", projectId, integration?.id, ref],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ integrationId: integration?.id ?? "", ref });
      return call<Found>(`/api/projects/${projectId}/issues/look-up?${query}`, { signal });
    },
    enabled: integration !== undefined && ref !== "",
    retry: false,
  });
  const issue = ref === text.trim() && ref !== "" ? found.data?.issue : undefined;
  const failure = form.error ?? (ref === text.trim() && ref !== "" ? found.error : null);

  const link = async (event: FormEvent) => {
    event.preventDefault();
    if (!issue || !integration) return;
    setBusy(true);
    try {
      await call(`/api/integrations/${integration.id}/link-issue`, {
        method: "POST",
        body: { projectId, ...place, ref: issue.url },
      });
      onLinked(issue.key);
    } catch (error) {
      setRefused(problemOf(error).detail);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title="Link an issue"
        onCloseAutoFocus={onCloseAutoFocus}
        footer={
          <>
            {place.groupId && <p className="mr-auto text-meta text-muted">{linkedWords(place, failures)}</p>}
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" type="submit" form="link-issue" disabled={!issue} busy={isBusy}>
              {issue ? `Link ${issue.key.split("/").at(-1)}` : "Link"}
            </Button>
          </>
        }
      >
        {form.data && integrations.length === 0 ? (
          <Notice title="This project has no tracker yet">
            A project administrator assigns one in the project's settings.
          </Notice>
        ) : (
          <form id="link-issue" onSubmit={link} className="flex flex-col gap-3 pb-2">
            {integrations.length > 1 && (
              <Field label="Tracker">
                <NativeSelect value={integration?.id ?? ""} onChange={(event) => setChosen(event.target.value)}>
                  {integrations.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </NativeSelect>
              </Field>
            )}
            <Field
              label={integration?.canCreate === false ? "Address or id" : "Address or key"}
              error={refused ?? (failure ? problemOf(failure).detail : undefined)}
              hint={integration && hintFor(integration)}
            >
              <Input
                value={text}
                autoFocus
                autoComplete="off"
                spellCheck={false}
                placeholder={integration?.canCreate === false ? "1234" : "PAY-12, #12, or https://…"}
                onChange={(event) => setText(event.target.value)}
              />
            </Field>
            <div className="min-h-14" aria-live="polite">
              {found.isFetching && <p className="text-muted">Looking…</p>}
              {issue && !found.isFetching && (
                <div className="flex items-start gap-2 rounded-md border bg-subtle px-3 py-2">
                  <StateDot category={issue.category} className="mt-1" />
                  <div className="min-w-0">
                    <p className="break-words font-medium">{issue.title}</p>
                    <p className="text-meta text-muted">
                      {integration?.canCreate === false ? (
                        // Nothing else is known of it: this is what will be opened.
                        <a href={issue.url} target="_blank" rel="noreferrer" className="break-all text-link underline">
                          {issue.url}
                        </a>
                      ) : (
                        <>
                          <span className="font-mono">{issue.key}</span> · {wordOf(issue.state)} ·{" "}
                          {issue.assignee ?? "nobody is assigned"}
                        </>
                      )}
                    </p>
                  </div>
                </div>
              )}
            </div>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
