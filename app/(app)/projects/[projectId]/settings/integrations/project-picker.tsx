"use client";

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { AssignmentListed } from "@/lib/integrations/list-assignments";
import type { RepositoryPage } from "@/lib/integrations/list-repositories";
import { Marks } from "./marks";
import { useRepositories } from "./use-repositories";

type Chosen = { remoteId: string } | { key: string };
type Repository = RepositoryPage["repositories"][number];
type Props = {
  ids: { projectId: string; assignmentId: string };
  assignment: AssignmentListed;
  isBusy: boolean;
  fieldError: string | undefined;
  onChoose: (chosen: Chosen, label: string) => void;
  onType: () => void;
  onCancel?: () => void;
};

/**
 * One field for both: it narrows the list of what the credential reaches, and takes a full name that is not in the list.
 * The arrows walk the list, Enter takes what is marked, or else what is typed.
 */
export function ProjectPicker({ ids, assignment, isBusy, fieldError, onChoose, onType, onCancel }: Props) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(-1);
  const listId = useId();
  const { projectNoun, externalProjects } = assignment;
  const found = useRepositories(ids, text);
  const { repositories, hasNextPage, isFetchingNextPage, fetchNextPage, isPending, isBehind, error } = found;

  const present = new Set(externalProjects.map(({ remoteId }) => remoteId));
  const marked = Math.min(at, repositories.length - 1);
  const typed = text.trim();
  const isExact = repositories.some(({ key }) => key.toLowerCase() === typed.toLowerCase());
  const canUseTyped = typed !== "" && !isExact && !isBehind && (hasNextPage || repositories.length === 0);
  const choose = (repository: Repository) => {
    if (reasonAgainst(repository, present) === null) onChoose({ remoteId: repository.remoteId }, repository.key);
  };
  const more = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };

  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const to = marked + (event.key === "ArrowDown" ? 1 : -1);
      if (to >= repositories.length - 1) more();
      setAt(Math.max(-1, Math.min(to, repositories.length - 1)));
    } else if (event.key === "Escape" && onCancel) onCancel();
    else if (event.key === "Enter") {
      const repository = repositories[marked];
      if (repository && !isBehind) choose(repository);
      else if (typed) onChoose({ key: typed }, typed);
    } else return;
    event.preventDefault();
  };

  return (
    <div className="flex max-w-xl flex-col gap-1.5">
      <div className="flex gap-2">
        <Input
          role="combobox"
          value={text}
          placeholder={`Type to find a ${projectNoun}, or its full key`}
          aria-label={`Find a ${projectNoun}`}
          aria-expanded
          aria-autocomplete="list"
          aria-controls={listId}
          aria-activedescendant={repositories[marked] ? `${listId}-${marked}` : undefined}
          aria-invalid={fieldError ? true : undefined}
          aria-describedby={fieldError ? `${listId}-error` : undefined}
          autoComplete="off"
          spellCheck={false}
          disabled={isBusy}
          onChange={(event) => {
            setText(event.target.value);
            setAt(-1);
            onType();
          }}
          onKeyDown={press}
        />
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
      </div>
      {fieldError && (
        <p id={`${listId}-error`} role="alert" className="text-danger text-meta">
          {fieldError}
        </p>
      )}
      {error && <ProblemNotice problem={problemOf(error)} />}
      <div
        className={cn(
          "max-h-72 overflow-y-auto rounded-md border has-[[role=listbox]:empty]:border-0",
          isBehind && "opacity-60",
        )}
      >
        <div
          id={listId}
          role="listbox"
          aria-label={`The ${projectNoun}s to choose from`}
          aria-busy={isPending || isBehind}
          className="empty:hidden"
        >
          {isPending && [1, 2, 3, 4].map((key) => <Skeleton key={key} className="m-1 h-7" />)}
          {repositories.map((repository, place) => (
            <Option
              key={repository.remoteId}
              id={`${listId}-${place}`}
              repository={repository}
              reason={reasonAgainst(repository, present)}
              isMarked={place === marked}
              isBusy={isBusy}
              onMark={() => setAt(place)}
              onChoose={() => choose(repository)}
            />
          ))}
        </div>
        {hasNextPage && (
          <div className="p-1">
            <Button size="sm" variant="ghost" className="w-full" busy={isFetchingNextPage} onClick={more}>
              Load more
            </Button>
          </div>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2 text-meta text-muted" role="status">
        {!isPending && !isBehind && !error && countInWords(repositories.length, Boolean(hasNextPage), projectNoun)}
        {canUseTyped && (
          <Button size="sm" disabled={isBusy} onClick={() => onChoose({ key: typed }, typed)}>
            Use “{typed}”
          </Button>
        )}
      </div>
    </div>
  );
}

type OptionProps = {
  id: string;
  repository: Repository;
  reason: string | null;
  isMarked: boolean;
  isBusy: boolean;
  onMark: () => void;
  onChoose: () => void;
};

/** The keyboard stays in the field, which walks the list: see `aria-activedescendant`. */
function Option({ id, repository, reason, isMarked, isBusy, onMark, onChoose }: OptionProps) {
  const { key, name, isPublic, isArchived } = repository;
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isMarked) row.current?.scrollIntoView({ block: "nearest" });
  }, [isMarked]);
  const isOff = reason !== null || isBusy;
  // A key that ends in the name says the name already.
  const isNamed = name && !key.toLowerCase().endsWith(name.toLowerCase());
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field.
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={isMarked}
      aria-disabled={isOff}
      onMouseMove={onMark}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cn(
        "flex min-h-8 cursor-pointer items-center gap-2 px-2.5 py-1 aria-disabled:cursor-not-allowed",
        isMarked && "bg-selected",
      )}
    >
      <span className={cn("flex min-w-0 flex-1 flex-wrap gap-x-2", isOff && "text-muted")}>
        <span className="break-all font-medium">{key}</span>
        {isNamed && <span className="min-w-0 break-words text-muted">{name}</span>}
      </span>
      <Marks isPublic={isPublic} isArchived={isArchived} />
      {reason && !isArchived && <span className="whitespace-nowrap text-meta text-muted">{reason}</span>}
    </div>
  );
}

function reasonAgainst({ remoteId, isArchived, hasIssues, canWrite, isPublic }: Repository, present: Set<string>) {
  if (present.has(remoteId)) return "chosen";
  if (isArchived) return "archived";
  if (!hasIssues) return "issues are switched off";
  // Where everybody may file, no permission is needed for it.
  return canWrite || isPublic ? null : "read only";
}

function countInWords(count: number, hasMore: boolean, noun: string): string {
  if (count === 0) return `No ${noun} that the credential reaches has this in its name or key.`;
  return hasMore ? `${count} so far; type more of its name, or its full key.` : "";
}
