"use client";

import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { call, problemOf } from "@/components/api";
import { wordOf } from "@/components/issues/issue-chip";
import { StateDot } from "@/components/issues/state-dot";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { RuleInput } from "@/lib/triage/rules/inputs";
import type { IssueChoices } from "@/lib/triage/rules/shapes";

/** An issue that was chosen, and how the API is told which. */
export type Choice = Pick<IssueChoices["found"][number], "key" | "title" | "state" | "category"> & {
  named: RuleInput["issue"];
};

type Props = {
  projectId: string;
  chosen: Choice | null;
  error: string | undefined;
  onChoose: (choice: Choice | null) => void;
};

/** The issue of a rule: searched among those of the project, or named by its key or address. */
export function IssuePicker({ projectId, chosen, error, onChoose }: Props) {
  const [isNew, setNew] = useState(false);
  const change = useRef<HTMLButtonElement>(null);
  if (!chosen)
    return (
      <Search
        projectId={projectId}
        error={error}
        takesFocus={isNew}
        onChoose={(choice) => {
          onChoose(choice);
          requestAnimationFrame(() => change.current?.focus());
        }}
      />
    );
  return (
    <div className="flex flex-col gap-1">
      <p className="font-medium">Issue</p>
      <div className="flex items-start gap-2 rounded-md border bg-subtle px-3 py-2">
        <Line choice={chosen} />
        <Button
          ref={change}
          size="sm"
          aria-label={`Change the issue, now ${chosen.key}`}
          onClick={() => {
            setNew(true);
            onChoose(null);
          }}
        >
          Change
        </Button>
      </div>
      {error && (
        <p role="alert" className="text-danger text-meta">
          {error}
        </p>
      )}
    </div>
  );
}

const Line = ({ choice: { key, title, state, category } }: { choice: Choice }) => (
  <>
    <StateDot category={category} className="mt-1" />
    <span className="min-w-0 flex-1">
      <span className="block break-words">{title}</span>
      <span className="block text-meta text-muted">
        <span className="font-mono">{key}</span> · {wordOf(state)}
      </span>
    </span>
  </>
);

const pauseMs = 350;

type SearchProps = Pick<Props, "projectId" | "error"> & { takesFocus: boolean; onChoose: (choice: Choice) => void };

function Search({ projectId, error, takesFocus, onChoose }: SearchProps) {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const listId = useId();
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQuery({
    queryKey: ["rule-issues", projectId, asked],
    queryFn: ({ signal }) =>
      call<IssueChoices>(`/api/projects/${projectId}/known-issues/issues?${new URLSearchParams({ q: asked })}`, {
        signal,
      }),
    enabled: isOpen,
    retry: false,
  });
  const isBehind = asked !== text.trim() || query.isFetching;
  const choices = isBehind ? [] : choicesOf(query.data);
  const marked = Math.min(at, choices.length - 1);

  const press = (event: KeyboardEvent) => {
    const chosen = choices[marked];
    if (event.key === "ArrowDown") setAt(Math.min(marked + 1, choices.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(marked - 1, 0));
    else if (event.key === "Enter" && isOpen) chosen && onChoose(chosen);
    else if (event.key === "Escape" && isOpen) setOpen(false);
    else return;
    event.preventDefault();
    if (event.key !== "Escape") setOpen(true);
  };

  return (
    <div className="relative">
      <Field
        label="Issue"
        required
        error={error ?? (query.error && !isBehind ? problemOf(query.error).detail : undefined)}
        hint="Search by title or key among the issues of this project, or paste the address or key of any other in its trackers."
      >
        <Input
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={choices[marked] ? `${listId}-${marked}` : undefined}
          value={text}
          autoComplete="off"
          spellCheck={false}
          autoFocus={takesFocus}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={press}
          onChange={({ target }) => {
            setText(target.value);
            setOpen(true);
            setAt(0);
          }}
        />
      </Field>
      {/* Over what follows: in the page's flow, what it moves when it closes would escape the hand that closed it. */}
      <div
        className={cn(
          "absolute inset-x-0 top-14 z-30 mt-1 overflow-hidden rounded-md border bg-surface shadow-pop",
          !isOpen && "hidden",
        )}
      >
        {isBehind && <p className="px-3 py-2 text-muted">Looking…</p>}
        {!isBehind && choices.length === 0 && !query.error && (
          <p className="px-3 py-2 text-muted">
            {asked === ""
              ? "The project has no issue yet. Paste an address or a key."
              : "No issue of the project, and no key or address of one."}
          </p>
        )}
        <div id={listId} role="listbox" aria-label="Issues" className="max-h-72 overflow-y-auto">
          {choices.map((choice, place) => (
            // The input keeps the focus and handles the keys, as a combobox does.
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: see above
            <div
              key={choice.key + JSON.stringify(choice.named)}
              id={`${listId}-${place}`}
              role="option"
              aria-selected={place === marked}
              className={cn("flex cursor-default items-start gap-2 px-3 py-1.5", place === marked && "bg-hover")}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setAt(place)}
              onClick={() => onChoose(choice)}
            >
              <Line choice={choice} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

const choicesOf = (data: IssueChoices | undefined): Choice[] => [
  ...(data?.found ?? []).map(({ integration, url, ...issue }) => ({
    ...issue,
    named: { integrationId: integration.id, ref: url },
  })),
  ...(data?.linked ?? []).map(({ id, key, title, state, category }) => ({
    ...{ key, title, state, category },
    named: { issueId: id },
  })),
];
