import { problemOf } from "@/components/api";
import { sendFile } from "@/components/send-file";
import type { Problem } from "@/lib/boundary";
import type { Imported } from "@/lib/results/import";

type Events = {
  /** Between 0 and 1; 1 means that the server reads the rest. */
  onSent(share: number): void;
  onDone(imported: Imported): void;
  onFailed(problem: Problem): void;
};

/** Sends a report to be imported. Returns how to cancel. */
export function upload(projectId: string, file: File, run: string | null, events: Events): () => void {
  const query = new URLSearchParams({ filename: file.name, ...(run && { run }) });
  const { answer, cancel } = sendFile<Imported>(`/api/projects/${projectId}/runs/import?${query}`, file, {
    type: "application/xml",
    onSent: events.onSent,
  });
  answer.then(events.onDone, (error) => events.onFailed(problemOf(error)));
  return cancel;
}
