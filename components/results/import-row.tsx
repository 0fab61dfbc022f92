"use client";

import { CircleAlert, CircleCheck, FileUp, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { Imported } from "@/lib/results/import";
import { TotalsLine } from "./status";
import type { FileImport, ImportState } from "./use-imports";

type Props = {
  item: FileImport;
  projectId: string;
  onCancel(item: FileImport): void;
  onRetry(item: FileImport): void;
  onDismiss(item: FileImport): void;
};

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

const sentence = ({ results, cases }: Imported): string => {
  if (results.duplicates > 0) return "This file is in the run already. Nothing was added.";
  const parts = [count(results.created, "result added", "results added")];
  if (results.folded > 0) parts.push(count(results.folded, "further attempt", "further attempts"));
  if (cases.created > 0) parts.push(count(cases.created, "new test case", "new test cases"));
  return `${parts.join(", ")}.`;
};

/** One file on its way: how far it is, what came of it, and what can be done. */
export function ImportRow({ item, projectId, onCancel, onRetry, onDismiss }: Props) {
  const { file, state } = item;
  const isRunning = state.kind === "waiting" || state.kind === "sending" || state.kind === "reading";
  return (
    <li className="flex items-start gap-2.5 border-b px-3 py-2 last:border-b-0">
      <StateIcon state={state} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{file.name}</p>
        <div aria-live="polite" className="text-meta text-muted">
          <StateText state={state} projectId={projectId} />
        </div>
        {isRunning && <Bar state={state} name={file.name} />}
      </div>
      {(state.kind === "failed" || state.kind === "cancelled") && (
        <Button size="sm" onClick={() => onRetry(item)}>
          Try again
        </Button>
      )}
      {isRunning ? (
        <Button size="sm" variant="ghost" onClick={() => onCancel(item)}>
          Cancel
        </Button>
      ) : (
        <Button size="icon-sm" variant="ghost" aria-label={`Dismiss ${file.name}`} onClick={() => onDismiss(item)}>
          <X aria-hidden />
        </Button>
      )}
    </li>
  );
}

function StateIcon({ state }: { state: ImportState }) {
  const look = "mt-0.5 size-4 shrink-0";
  if (state.kind === "done") return <CircleCheck className={`${look} text-passed`} aria-hidden />;
  if (state.kind === "failed") return <CircleAlert className={`${look} text-danger`} aria-hidden />;
  return <FileUp className={`${look} text-muted`} aria-hidden />;
}

function StateText({ state, projectId }: { state: ImportState; projectId: string }) {
  switch (state.kind) {
    case "waiting":
      return "Waiting";
    case "sending":
      return `Sending, ${Math.floor(state.share * 100)} %`;
    case "reading":
      return "Reading";
    case "cancelled":
      return "Cancelled. Nothing was stored.";
    case "failed":
      return <p className="text-ui">{state.problem.detail}</p>;
    case "done":
      return (
        <>
          <p className="flex flex-wrap items-center gap-x-3">
            <Link
              href={`/projects/${projectId}/runs/${state.imported.run.id}`}
              className="text-link text-ui hover:underline"
            >
              Open the run
            </Link>
            <TotalsLine totals={state.imported.totals} />
          </p>
          <p>{sentence(state.imported)}</p>
          {state.imported.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </>
      );
  }
}

function Bar({ state, name }: { state: ImportState; name: string }) {
  const share = state.kind === "sending" ? state.share : state.kind === "reading" ? 1 : 0;
  return (
    <div
      role="progressbar"
      aria-label={`Upload of ${name}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(share * 100)}
      className="mt-1.5 h-1 overflow-hidden rounded-full bg-hover"
    >
      <div
        className={`h-full origin-left rounded-full bg-accent transition-transform ${state.kind === "reading" ? "animate-pulse" : ""}`}
        style={{ transform: `scaleX(${share})` }}
      />
    </div>
  );
}
