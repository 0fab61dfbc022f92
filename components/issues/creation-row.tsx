"use client";

import {
  CircleX,
  Clock,
  ExternalLink,
  LoaderCircle,
  type LucideIcon,
  Pencil,
  RotateCw,
  SearchCheck,
  X,
} from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import type { CreationView } from "@/lib/issues/shapes";

type Look = { word: string; icon: LucideIcon; className: string };

// Each state has its own icon and word. `created` is a chip by then; it is here for the moment in between.
const looks: Record<CreationView["state"], Look> = {
  queued: { word: "Queued…", icon: LoaderCircle, className: "animate-spin text-muted" },
  sending: { word: "Creating…", icon: LoaderCircle, className: "animate-spin text-link" },
  unknown: { word: "Checking…", icon: SearchCheck, className: "text-flaky" },
  held: { word: "Waiting", icon: Clock, className: "text-flaky" },
  failed: { word: "Not created", icon: CircleX, className: "text-failed" },
  created: { word: "Created", icon: SearchCheck, className: "text-passed" },
};

type Props = {
  creation: CreationView;
  /** Absent: the reader may only look. */
  onRetry?: (() => Promise<unknown>) | undefined;
  onEdit?: (() => void) | undefined;
  onDismiss?: (() => Promise<unknown>) | undefined;
};

/** An issue on its way: where it stands, why it stopped, and every way on. */
export function CreationRow({ creation, onRetry, onEdit, onDismiss }: Props) {
  const { state, title, error, externalProject, newIssueUrl } = creation;
  const { word, icon: Icon, className } = looks[state];
  const hasStopped = state === "failed" || state === "held";
  const [isBusy, setBusy] = useState(false);
  const during = (work: () => Promise<unknown>) => async () => {
    setBusy(true);
    await work().finally(() => setBusy(false));
  };

  return (
    <div className="flex flex-col gap-1.5 rounded-md border px-2 py-1.5" data-state={state}>
      <p className="flex min-w-0 items-center gap-1.5" role="status">
        <Icon className={cn("size-3.5 shrink-0", className)} aria-hidden />
        <span className="shrink-0 font-medium">{word}</span>
        <span className="min-w-0 truncate text-muted">
          {title} · {externalProject}
        </span>
      </p>
      {error && (
        <p className="break-words text-muted">
          {[error.message, ...Object.values(error.fields ?? {})].filter(Boolean).join(" ")}
          {state === "unknown" && " Faultline is looking whether the issue was created."}
          {state === "held" && error.retryAt && (
            <>
              {" "}
              It goes on by itself <Time at={error.retryAt} />
            </>
          )}
        </p>
      )}
      {hasStopped && (
        <div className="flex flex-wrap items-center gap-1.5">
          {onRetry && (
            <Button size="sm" busy={isBusy} onClick={during(onRetry)}>
              <RotateCw aria-hidden /> {error?.retryAt ? "Try now" : "Try again"}
            </Button>
          )}
          {onEdit && (
            <Button size="sm" onClick={onEdit}>
              <Pencil aria-hidden /> Edit
            </Button>
          )}
          {newIssueUrl && (
            <Button size="sm" variant="ghost" asChild>
              <a href={newIssueUrl} target="_blank" rel="noopener noreferrer">
                <ExternalLink aria-hidden /> File it there yourself
              </a>
            </Button>
          )}
          {onDismiss && (
            <Button size="sm" variant="ghost" disabled={isBusy} onClick={during(onDismiss)}>
              <X aria-hidden /> Dismiss
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
