"use client";

import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import type { Result } from "@/lib/results/shapes";
import { suitePath } from "@/lib/results/suite-path";
import { Attempts } from "./attempts";
import { inWords } from "./duration";
import { FailureText } from "./failure-text";
import { Stack } from "./stack";
import { StatusWord } from "./status";

type Props = { projectId: string; result: Result; issues: ReactNode; files: ReactNode };

/** One result: what failed, where, its issues, its files, and everything that the report told. */
export function ResultDetail({ projectId, result, issues, files }: Props) {
  const { status, output, environment, attempts, name } = result;
  const where = suitePath(result);
  return (
    <div className="flex flex-col gap-4">
      <header>
        <div className="flex flex-wrap items-center gap-x-3 text-meta text-muted">
          <StatusWord status={status} />
          <span>{inWords(result.durationMs)}</span>
          {result.attempt > 1 && <span>{result.attempt} attempts</span>}
          {environment && <span className="break-words">{environment}</span>}
        </div>
        <h2 dir="auto" className="mt-1 break-words text-left font-semibold text-title">
          {name}
        </h2>
        {where && <p className="break-words text-muted">{where}</p>}
        <Link href={`/projects/${projectId}/cases/${result.caseId}`} className="text-link hover:underline">
          History of this test
        </Link>
      </header>
      {issues}
      <FailureText result={result} />
      {files}
      {attempts.length > 0 && <Attempts attempts={attempts} final={result} />}
      {output && (
        <details>
          <summary className="text-muted hover:text-fg">Output</summary>
          <div className="mt-2">
            <Stack text={output} label="Output" />
          </div>
        </details>
      )}
      <Properties result={result} />
    </div>
  );
}

function Properties({ result: { properties } }: { result: Result }) {
  const entries = Object.entries(properties);
  if (entries.length === 0) return null;
  return (
    <section aria-label="Properties">
      <h3 className="mb-1 text-meta text-muted">Properties</h3>
      <dl className="grid grid-cols-[minmax(5rem,max-content)_1fr] gap-x-4 gap-y-0.5">
        {entries.map(([key, value]) => (
          <div key={key} className="contents">
            <dt className="max-w-48 break-words text-muted">{key}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
