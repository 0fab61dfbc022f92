import type { Problem } from "@/lib/boundary";
import type { Imported } from "@/lib/results/import";

export type UploadProblem = Pick<Problem, "title" | "detail"> & Partial<Problem>;

type Events = {
  /** Between 0 and 1; 1 means that the server reads the rest. */
  onSent(share: number): void;
  onDone(imported: Imported): void;
  onFailed(problem: UploadProblem): void;
};

/** Sends a file; XMLHttpRequest, because fetch tells nothing of an upload's progress. Returns how to cancel. */
export function upload(projectId: string, file: File, run: string | null, events: Events): () => void {
  const query = new URLSearchParams({ filename: file.name, ...(run && { run }) });
  const request = new XMLHttpRequest();
  request.open("POST", `/api/projects/${projectId}/runs/import?${query}`);
  request.setRequestHeader("content-type", "application/xml");
  request.responseType = "json";
  request.upload.onprogress = ({ loaded, total }) => events.onSent(total > 0 ? loaded / total : 0);
  request.upload.onload = () => events.onSent(1);
  request.onerror = () =>
    events.onFailed({ title: "The connection broke", detail: "Nothing was stored. Try again when you are online." });
  request.onload = () => {
    if (request.status < 300 && request.response) events.onDone(request.response);
    else events.onFailed(request.response ?? unreadable(request.status));
  };
  request.send(file);
  return () => request.abort();
}

const unreadable = (status: number): UploadProblem => ({
  title: "The server's answer could not be read",
  detail: `It answered with status ${status}. Try again.`,
});
