"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId, useState } from "react";
import { call, problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { AssignmentListed } from "@/lib/integrations/list-assignments";
import type { RepositoryPage } from "@/lib/integrations/list-repositories";
import { Marks } from "./external-projects";

type Chosen = { remoteId: string } | { key: string };
type Props = {
  ids: { projectId: string; assignmentId: string };
  assignment: AssignmentListed;
  isBusy: boolean;
  fieldError: string | undefined;
  onChoose: (chosen: Chosen, label: string) => void;
  onType: () => void;
  onCancel?: () => void;
};

/** One field for both: it narrows the list of what the token reaches, and takes a full name that is not in the list. */
export function ProjectPicker({ ids, assignment, isBusy, fieldError, onChoose, onType, onCancel }: Props) {
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim());
  const listId = useId();
  const { projectNoun, externalProjects } = assignment;
  const { data, error, isPending, isPlaceholderData } = useQuery({
    queryKey: ["repositories", ids.projectId, ids.assignmentId, query],
    queryFn: ({ signal }) =>
      call<RepositoryPage>(
        `/api/projects/${ids.projectId}/integrations/${ids.assignmentId}/repositories?q=${encodeURIComponent(query)}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

  const present = new Set(externalProjects.map(({ remoteId }) => remoteId));
  const isExact = data?.repositories.some(({ key }) => key === text.trim());
  return (
    <div className="flex max-w-xl flex-col gap-1.5">
      <div className="flex gap-2">
        <Input
          value={text}
          placeholder={`Type to find a ${projectNoun}, or its full name`}
          aria-label={`Find a ${projectNoun}`}
          aria-controls={listId}
          aria-invalid={fieldError ? true : undefined}
          aria-describedby={fieldError ? `${listId}-error` : undefined}
          spellCheck={false}
          disabled={isBusy}
          onChange={(event) => {
            setText(event.target.value);
            onType();
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape" && onCancel) onCancel();
            if (event.key !== "Enter" || !text.trim()) return;
            event.preventDefault();
            onChoose({ key: text.trim() }, text.trim());
          }}
        />
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
      </div>
      {fieldError && (
        <p id={`${listId}-error`} role="alert" className="text-danger text-meta">
          {fieldError}
        </p>
      )}
      {error && <ProblemNotice problem={problemOf(error)} />}
      <ul
        id={listId}
        aria-label={`The ${projectNoun}s to choose from`}
        aria-busy={isPending || isPlaceholderData}
        className={cn("max-h-72 overflow-y-auto rounded-md border empty:hidden", isPlaceholderData && "opacity-60")}
      >
        {isPending && [1, 2, 3, 4].map((key) => <Skeleton key={key} className="m-1 h-7" />)}
        {text.includes("/") && !isExact && (
          <Option disabled={isBusy} onClick={() => onChoose({ key: text.trim() }, text.trim())}>
            Use “{text.trim()}”
          </Option>
        )}
        {data?.repositories.map((repository) => {
          const why = reasonAgainst(repository, present.has(repository.remoteId));
          return (
            <Option
              key={repository.remoteId}
              disabled={isBusy || why !== null}
              onClick={() => onChoose({ remoteId: repository.remoteId }, repository.key)}
            >
              <span className="min-w-0 flex-1 truncate">{repository.key}</span>
              <Marks isPublic={repository.isPublic} isArchived={repository.isArchived} />
              {why && !repository.isArchived && <span className="text-meta text-muted">{why}</span>}
            </Option>
          );
        })}
      </ul>
      {data && <p className="text-meta text-muted">{countInWords(data, projectNoun)}</p>}
    </div>
  );
}

const Option = (props: { disabled: boolean; onClick: () => void; children: React.ReactNode }) => (
  <li>
    <button
      type="button"
      {...props}
      className="flex min-h-8 w-full items-center gap-2 px-2.5 text-left enabled:hover:bg-hover focus-visible:-outline-offset-2 disabled:opacity-55"
    />
  </li>
);

type Repository = RepositoryPage["repositories"][number];

function reasonAgainst({ isArchived, hasIssues }: Repository, isPresent: boolean): string | null {
  if (isArchived) return "archived";
  if (!hasIssues) return "issues are switched off";
  return isPresent ? "chosen" : null;
}

function countInWords({ repositories, hasMore }: RepositoryPage, noun: string): string {
  if (hasMore) return `The first 100 are searched. Any other ${noun} can be named in full.`;
  return repositories.length === 0 ? `No ${noun} that the token reaches has this in its name.` : "";
}
