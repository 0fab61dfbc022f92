"use client";

import { FileQuestion, Paperclip, Upload } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { problemOf } from "@/components/api";
import { FileRow } from "@/components/attachments/file-row";
import { UploadRow } from "@/components/attachments/upload-row";
import { useFiles } from "@/components/attachments/use-files";
import { useUploads } from "@/components/attachments/use-uploads";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";

type Props = { projectId: string; resultId: string; canAdd: boolean };

/** The screenshots, logs and other files of a result. Files dropped on it are added. */
export function ResultFiles({ projectId, resultId, canAdd }: Props) {
  const { files, total, missing, data, error, refetch, ...query } = useFiles(projectId, resultId);
  const { uploads, add, retry, drop } = useUploads({ projectId, resultId }, refetch);
  const input = useRef<HTMLInputElement>(null);
  const { isOver, ...dropping } = useDrop(canAdd ? add : null);
  const isEmpty = data !== undefined && total === 0 && uploads.length === 0 && missing.length === 0;

  return (
    <section
      aria-label="Files"
      className={cn("rounded-md border", isOver && "border-accent bg-selected")}
      {...dropping}
    >
      <div className="flex min-h-8 items-center gap-2 border-b bg-subtle py-0.5 pr-1 pl-3 last:border-b-0">
        <h3 className="flex-1 text-meta text-muted">
          {isOver ? "Drop to add" : `Files${total > 0 ? ` · ${total.toLocaleString("en")}` : ""}`}
        </h3>
        {canAdd && (
          <>
            <Button variant="ghost" size="sm" className="text-meta" onClick={() => input.current?.click()}>
              <Upload aria-hidden /> Add files
            </Button>
            <input
              ref={input}
              type="file"
              multiple
              aria-label="Files to add to this result"
              className="sr-only"
              tabIndex={-1}
              onChange={({ target }) => {
                if (target.files?.length) add([...target.files]);
                target.value = "";
              }}
            />
          </>
        )}
      </div>
      {error && <ProblemNotice problem={problemOf(error)} className="m-2" />}
      {!data && !error && <Skeleton className="m-2 h-9" />}
      {isEmpty && (
        <p className="flex items-center gap-2 px-3 py-2 text-muted">
          <Paperclip className="size-3.5 shrink-0" aria-hidden />
          {canAdd ? "No files yet. Drop screenshots and logs here." : "No files."}
        </p>
      )}
      <ul>
        {files.map((file) => (
          <FileRow key={file.id} projectId={projectId} file={file} onDeleted={refetch} />
        ))}
        {uploads.map((upload) => (
          <UploadRow key={upload.key} upload={upload} onRetry={retry} onDrop={drop} />
        ))}
        {missing.map((path) => (
          <li key={path} className="flex items-center gap-2.5 border-b px-2 py-1.5 text-muted last:border-b-0">
            <span className="flex h-9 w-12 shrink-0 items-center justify-center rounded border border-dashed">
              <FileQuestion className="size-4" aria-hidden />
            </span>
            <span className="min-w-0">
              <span className="block break-all">{path}</span>
              <span className="text-meta">Named by the report; nobody has sent it yet.</span>
            </span>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="ghost"
          size="sm"
          className="m-1 text-meta"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more ({(total - files.length).toLocaleString("en")})
        </Button>
      )}
    </section>
  );
}

/** Takes files that are dropped on an element, and tells whether some hang over it. */
function useDrop(onFiles: ((files: File[]) => void) | null) {
  // Entering a child comes before leaving its parent, so the two are counted.
  const [depth, setDepth] = useState(0);
  const guarded = (work: (event: DragEvent) => void) => (event: DragEvent) => {
    if (!onFiles || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    work(event);
  };
  return {
    isOver: depth > 0,
    onDragEnter: guarded(() => setDepth((value) => value + 1)),
    onDragLeave: guarded(() => setDepth((value) => Math.max(0, value - 1))),
    onDragOver: guarded(() => {}),
    onDrop: guarded(({ dataTransfer }) => {
      setDepth(0);
      onFiles?.([...dataTransfer.files]);
    }),
  };
}
