"use client";

import { Download, Trash2 } from "lucide-react";
import { call, problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { ListedAttachment } from "@/lib/attachments/shapes";
import { inBytes } from "./size";
import { Thumbnail } from "./thumbnail";

type Props = { projectId: string; file: ListedAttachment; onDeleted: () => Promise<unknown> };

/** A stored file: what it is, and the ways to see it, take it along and be rid of it. */
export function FileRow({ projectId, file, onDeleted }: Props) {
  const { id, name, sizeBytes, width, height, note, url, createdAt, canDelete } = file;
  return (
    <li className="flex items-center gap-2.5 border-b px-2 py-1.5 last:border-b-0">
      <Thumbnail file={file} />
      <div className="min-w-0 flex-1">
        <Link
          href={`/projects/${projectId}/attachments/${id}`}
          dir="auto"
          title={name}
          className="block truncate text-left font-medium hover:underline"
        >
          {name}
        </Link>
        <p className="text-meta text-muted">
          {inBytes(sizeBytes)}
          {width !== null && ` · ${width} × ${height}`} · <Time at={createdAt} />
        </p>
        {note && <p className="break-words text-meta text-muted">{note}</p>}
      </div>
      <Button asChild variant="ghost" size="icon-sm">
        <a href={url} download={name} aria-label={`Download ${name}`} title="Download">
          <Download aria-hidden />
        </a>
      </Button>
      {canDelete && <DeleteFile file={file} onDeleted={onDeleted} />}
    </li>
  );
}

/** Deletes a file after asking. */
export function DeleteFile({ file: { name, url }, onDeleted }: Pick<Props, "file" | "onDeleted">) {
  const remove = async () => {
    try {
      await call(url, { method: "DELETE" });
      toast(`Deleted ${name}`);
    } catch (error) {
      toast.error(problemOf(error).detail);
    }
    await onDeleted();
  };
  return (
    <Confirm
      danger
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={`Delete ${name}`} title="Delete">
          <Trash2 aria-hidden />
        </Button>
      }
      title={`Delete file “${name}”?`}
      consequence="Everybody in this project loses it, and links to it lead nowhere. This cannot be undone."
      action="Delete file"
      onConfirm={remove}
    />
  );
}
