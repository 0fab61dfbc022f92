"use client";

import { CircleAlert, FileUp } from "lucide-react";
import { Button } from "@/components/ui/button";
import { inBytes } from "./size";
import type { FileUpload } from "./use-uploads";

type Props = { upload: FileUpload; onRetry: (one: FileUpload) => void; onDrop: (one: FileUpload) => void };

/** A file on its way, or why it did not arrive. */
export function UploadRow({ upload, onRetry, onDrop }: Props) {
  const { file, state } = upload;
  const isFailed = state.kind === "failed";
  const Icon = isFailed ? CircleAlert : FileUp;
  return (
    <li className="flex items-center gap-2.5 border-b px-2 py-1.5 last:border-b-0">
      <span className="flex h-9 w-12 shrink-0 items-center justify-center rounded border bg-subtle">
        <Icon className={`size-4 ${isFailed ? "text-danger" : "text-muted"}`} aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{file.name}</p>
        <p aria-live="polite" className={isFailed ? "break-words text-danger" : "text-meta text-muted"}>
          {wordsOf(upload)}
        </p>
        {state.kind === "sending" && (
          <div
            role="progressbar"
            aria-label={`Upload of ${file.name}`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.floor(state.share * 100)}
            className="mt-1 h-1 overflow-hidden rounded-full bg-hover"
          >
            <div
              className={`h-full origin-left rounded-full bg-accent transition-transform ${state.share === 1 ? "animate-pulse" : ""}`}
              style={{ transform: `scaleX(${state.share})` }}
            />
          </div>
        )}
      </div>
      {isFailed && (
        <Button size="sm" onClick={() => onRetry(upload)}>
          Try again
        </Button>
      )}
      <Button
        size="sm"
        variant="ghost"
        aria-label={`${isFailed ? "Dismiss" : "Cancel"} ${file.name}`}
        onClick={() => onDrop(upload)}
      >
        {isFailed ? "Dismiss" : "Cancel"}
      </Button>
    </li>
  );
}

function wordsOf({ file, state }: FileUpload): string {
  if (state.kind === "failed") return state.problem.detail;
  if (state.kind === "waiting") return `${inBytes(file.size)} · waiting`;
  return state.share < 1 ? `${Math.floor(state.share * 100)} % of ${inBytes(file.size)}` : "Looking into it";
}
