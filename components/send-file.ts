import type { Problem } from "@/lib/boundary";
import { ApiProblem } from "./api";

type Sending<T> = { answer: Promise<T>; cancel: () => void };

/**
 * Sends a file as the body of a request to our own API; XMLHttpRequest, because fetch tells nothing of an upload's
 * progress. `onSent` gets what share has left; at 1 the server reads the rest. The answer never comes after `cancel`.
 */
export function sendFile<T>(
  address: string,
  file: Blob,
  { type, onSent }: { type: string; onSent?: (share: number) => void },
): Sending<T> {
  const request = new XMLHttpRequest();
  const answer = new Promise<T>((resolve, reject) => {
    request.open("POST", address);
    request.setRequestHeader("content-type", type);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onSent?.(total > 0 ? loaded / total : 0);
    request.upload.onload = () => onSent?.(1);
    request.onerror = () => reject(new ApiProblem(brokenOff));
    request.onload = () => {
      if (request.status < 300 && request.response) resolve(request.response);
      else reject(new ApiProblem(isProblem(request.response) ? request.response : unreadable(request.status)));
    };
    request.send(file);
  });
  return { answer, cancel: () => request.abort() };
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === "object" && value !== null && "kind" in value && "detail" in value;

const unavailable = { type: "urn:faultline:problem:unavailable", kind: "unavailable", requestId: "" } as const;

const brokenOff: Problem = {
  ...unavailable,
  title: "The connection broke",
  detail: "Nothing was stored. Try again when you are online.",
  status: 503,
};

const unreadable = (status: number): Problem => ({
  ...unavailable,
  title: "The server's answer could not be read",
  detail: `It answered with status ${status}. Try again.`,
  status,
});
