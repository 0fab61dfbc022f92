"use client";

import { ExternalLink } from "lucide-react";
import { HoverCard } from "radix-ui";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import type { IssueView } from "@/lib/issues/shapes";
import { shortKey } from "./short-key";
import { StateDot } from "./state-dot";

/** An issue in one line: state, key, title. It leads to the tracker; a card with the rest shows on hover and focus. */
export function IssueChip({ issue }: { issue: IssueView }) {
  const { key, url, title, state, category } = issue;
  return (
    <HoverCard.Root openDelay={300} closeDelay={100}>
      <HoverCard.Trigger asChild>
        <a
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          className="inline-flex h-7 min-w-0 max-w-full items-center gap-1.5 rounded-md border bg-surface px-2 hover:bg-hover"
        >
          <StateDot category={category} />
          <span className="shrink-0 font-mono text-code">{shortKey(key)}</span>
          <span className="min-w-0 truncate">{title}</span>
          <span className="shrink-0 text-meta text-muted">{wordOf(state)}</span>
        </a>
      </HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-80 max-w-[calc(100vw-1rem)] animate-appear rounded-md border bg-surface p-3 shadow-pop"
        >
          <IssueCard issue={issue} />
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  );
}

function IssueCard({ issue }: { issue: IssueView }) {
  const { key, title, state, category, assignee, type, priority, labels, integration, updatedAt } = issue;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex items-center gap-1.5 text-meta text-muted">
        <StateDot category={category} />
        <span className="text-fg">{wordOf(state)}</span>
        <span className="truncate font-mono">{key}</span>
        <ExternalLink className="ml-auto size-3 shrink-0" aria-hidden />
      </p>
      <p className="break-words font-medium">{title}</p>
      {(type || priority) && (
        <p className="flex flex-wrap gap-x-3 text-meta text-muted">
          {type && <span>{type}</span>}
          {priority && <span>Priority {priority}</span>}
        </p>
      )}
      {labels.length > 0 && (
        <p className="flex flex-wrap gap-1">
          {labels.map((label) => (
            <Badge key={label}>{label}</Badge>
          ))}
        </p>
      )}
      <p className="text-meta text-muted">
        {assignee ? `Assigned to ${assignee}` : "Nobody is assigned"} · {integration.name}
        {updatedAt && (
          <>
            {" "}
            · changed <Time at={updatedAt} />
          </>
        )}
      </p>
    </div>
  );
}

/** The tracker's own word, as a word of a sentence. */
export const wordOf = (state: string): string => state.charAt(0).toUpperCase() + state.slice(1).replaceAll("_", " ");
