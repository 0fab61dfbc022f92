"use client";

import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem-notice";
import type { Problem } from "@/lib/boundary";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

/** What a form says when it was refused. Only a failure of ours shows a request id: the rest explains itself. */
export function Refusal({ problem }: { problem: Problem }) {
  if (problem.status >= 500) return <ProblemNotice problem={problem} />;
  if (!problem.retryAt) return <Notice tone="error">{problem.detail}</Notice>;
  const minutes = Math.max(1, Math.ceil((Date.parse(problem.retryAt) - Date.now()) / 60_000));
  return (
    <Notice tone="error" title="Too many attempts">
      Try again after {clock.format(new Date(problem.retryAt))}, in {minutes === 1 ? "a minute" : `${minutes} minutes`}.
    </Notice>
  );
}
