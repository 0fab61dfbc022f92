"use client";

import type { AttemptShape, Result } from "@/lib/results/shapes";
import { firstLine } from "@/lib/richtext/terminal";
import { Ansi } from "./ansi";
import { Stack } from "./stack";
import { StatusWord } from "./status";

/** The attempts before the last one, oldest first, and how the last one ended. */
export function Attempts({ attempts, final }: { attempts: AttemptShape[]; final: Result }) {
  return (
    <section aria-label="Attempts">
      <h3 className="mb-1 text-meta text-muted">Attempts</h3>
      <ol className="rounded-md border">
        {attempts.map((attempt, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no other name than their place.
          <li key={index} className="border-b px-3 py-1.5">
            <Attempt attempt={attempt} place={index + 1} />
          </li>
        ))}
        <li className="flex items-center gap-2 px-3 py-1.5">
          <span className="text-muted">Result</span>
          <StatusWord status={final.status} />
        </li>
      </ol>
    </section>
  );
}

function Attempt({ attempt: { status, message, stack }, place }: { attempt: AttemptShape; place: number }) {
  const head = (
    <>
      <span className="mr-2 text-muted">#{place}</span>
      <StatusWord status={status} />
      {message && <span className="ml-2 text-muted">{firstLine(message).slice(0, 120)}</span>}
    </>
  );
  if (!message && !stack) return <div>{head}</div>;
  return (
    <details>
      <summary className="break-words">{head}</summary>
      <div className="mt-2 flex flex-col gap-2">
        {message && (
          <p className="whitespace-pre-wrap break-words font-mono text-code">
            <Ansi text={message} />
          </p>
        )}
        {stack && <Stack text={stack} label={`Stack of attempt ${place}`} />}
      </div>
    </details>
  );
}
