"use client";

import {
  CircleHelp,
  CircleX,
  Clock,
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
import { Link } from "@/components/ui/link";
import type { CreationView } from "@/lib/issues/shapes";
import { CreationReason } from "./creation-reason";
import { type Decide, DecideCreation } from "./decide-creation";
import { FileThere } from "./file-there";
import { WhyNoEdit } from "./why-no-edit";

type Look = { word: string; icon: LucideIcon; className: string };

// Each state has its own icon and word. `created` is a chip by then; it is here for the moment in between.
const looks: Record<CreationView["state"] | "undecided", Look> = {
  queued: { word: "Queued…", icon: LoaderCircle, className: "animate-spin text-muted" },
  sending: { word: "Creating…", icon: LoaderCircle, className: "animate-spin text-link" },
  unknown: { word: "Checking…", icon: SearchCheck, className: "text-flaky" },
  undecided: { word: "Created or not?", icon: CircleHelp, className: "text-flaky" },
  held: { word: "Waiting", icon: Clock, className: "text-flaky" },
  failed: { word: "Not created", icon: CircleX, className: "text-failed" },
  created: { word: "Created", icon: SearchCheck, className: "text-passed" },
};

type Props = {
  creation: CreationView;
  /** Absent: the reader may only look. */
  onRetry?: (() => Promise<unknown>) | undefined;
  onDecide?: Decide | undefined;
  onEdit?: (() => void) | undefined;
  onFileThere?: (() => Promise<unknown>) | undefined;
  onDismiss?: (() => Promise<unknown>) | undefined;
};

/** An issue on its way: where it stands, why it stopped, and every way on. */
export function CreationRow({ creation, onRetry, onDecide, onEdit, onFileThere, onDismiss }: Props) {
  const { state, title, error, externalProject, isUndecided } = creation;
  const { word, icon: Icon, className } = looks[isUndecided ? "undecided" : state];
  const hasStopped = state === "failed" || state === "held" || isUndecided;
  const [isBusy, setBusy] = useState(false);
  const during = (work: () => Promise<unknown>) => async () => {
    setBusy(true);
    await work().finally(() => setBusy(false));
  };
  const retryWord = isUndecided ? "Look again" : error?.retryAt ? "Try now" : "Try again";

  return (
    <div className="flex min-w-0 flex-col gap-1.5 rounded-md border px-2 py-1.5" data-state={state}>
      <p className="flex min-w-0 items-center gap-1.5" role="status">
        <Icon className={cn("size-3.5 shrink-0", className)} aria-hidden />
        <span className="shrink-0 font-medium">{word}</span>
        <span className="min-w-0 truncate text-muted">
          {title}
          {externalProject && ` · ${externalProject}`}
          {creation.groupIds.length > 0 && " · for the whole problem"}
          {!creation.isMine && ` · asked for by ${creation.requestedBy.name}`}
        </span>
        {creation.jobsUrl && (
          <Link
            href={creation.jobsUrl}
            aria-label={`The job of ${title}`}
            className="ml-auto shrink-0 pl-1 text-link underline-offset-2 hover:underline"
          >
            Job
          </Link>
        )}
      </p>
      <CreationReason creation={creation} />
      {hasStopped && onRetry && !onEdit && <WhyNoEdit creation={creation} />}
      {hasStopped && (
        <div className="flex flex-wrap items-center gap-1.5">
          {onRetry && (
            <Button size="sm" busy={isBusy} onClick={during(onRetry)}>
              <RotateCw aria-hidden /> {retryWord}
            </Button>
          )}
          {isUndecided && onDecide && <DecideCreation creation={creation} onDecide={onDecide} />}
          {onEdit && (
            <Button size="sm" onClick={onEdit}>
              <Pencil aria-hidden /> Edit
            </Button>
          )}
          <FileThere creation={creation} onLetGo={onFileThere} />
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
