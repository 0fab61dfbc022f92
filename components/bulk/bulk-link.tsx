"use client";

import { CircleX, LoaderCircle } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link } from "@/components/ui/link";
import { toast } from "@/components/ui/toast";
import type { BulkView } from "@/lib/issues/bulk/shapes";
import { counted } from "../triage/words";
import { useBulks } from "./use-bulk";

type Props = { projectId: string; runId: string };

/** The jobs that make issues of this run: what is going on, or what of it failed; nothing otherwise. */
export function BulkLink({ projectId, runId }: Props) {
  const { data } = useBulks(projectId, runId);
  const bulks = data?.bulks;
  useEnd(bulks, projectId);
  const [latest] = bulks ?? [];
  const open = bulks?.find(({ isOver }) => !isOver);
  const shown = open ?? (latest && latest.counts.failed > 0 ? latest : undefined);
  if (!shown) return null;
  const { counts, total } = shown;
  const done = counts.created + counts.exists;
  return (
    <Link
      href={`/projects/${projectId}/bulk/${shown.id}`}
      className="inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-md px-1.5 text-link underline-offset-2 hover:underline"
    >
      {open ? (
        <>
          <LoaderCircle className="size-3.5 shrink-0 animate-spin" aria-hidden />
          Creating {counted(total, "issue")}…
          <span className="text-muted tabular-nums" aria-hidden>
            {done}/{total}
          </span>
        </>
      ) : (
        <>
          <CircleX className="size-3.5 shrink-0 text-failed" aria-hidden />
          {counts.failed} of {counted(total, "issue")} failed
        </>
      )}
    </Link>
  );
}

/** Says it once when a job that was seen at work has come to its end. */
export function useEnd(bulks: readonly BulkView[] | undefined, projectId: string): void {
  const open = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, isOver, counts, cancelledAt } of bulks ?? []) {
      if (!isOver) open.current.add(id);
      else if (open.current.delete(id)) {
        const created = `${counted(counts.created, "issue")} created`;
        if (counts.failed === 0) toast.success(cancelledAt ? `Cancelled: ${created}` : created);
        else
          toast.error(`${created}, ${counts.failed} failed`, {
            action: { label: "Show", onClick: () => location.assign(`/projects/${projectId}/bulk/${id}`) },
          });
      }
    }
  }, [bulks, projectId]);
}
