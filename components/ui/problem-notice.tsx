"use client";

import type { Problem } from "@/lib/boundary";
import { CopyButton } from "./copy-button";
import { Notice } from "./notice";
import { Until } from "./until";

type Props = { problem: Pick<Problem, "title" | "detail" | "requestId"> & { retryAt?: string }; className?: string };

/** A failure as our API tells it, with the request id to copy. */
export function ProblemNotice({ problem, className }: Props) {
  return (
    <Notice tone="error" title={problem.title} {...(className && { className })}>
      <p>{problem.detail}</p>
      {problem.retryAt && (
        <p>
          Try again <Until word="at" at={problem.retryAt} />.
        </p>
      )}
      {/* Where no answer came, nobody has given it an id. */}
      {problem.requestId && (
        <p className="mt-1 flex items-center gap-1 text-meta">
          Request {problem.requestId.slice(0, 13)}… <CopyButton text={problem.requestId} label="Copy the request id" />
        </p>
      )}
    </Notice>
  );
}
