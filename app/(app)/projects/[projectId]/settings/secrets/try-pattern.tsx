"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { Attempt } from "@/lib/boundary";
import type { Tried } from "@/lib/projects/try-pattern";
import { tryOut } from "./actions";

type Props = { projectId: string; pattern: string };

/** Shows what a pattern finds, in a text and in what has failed here before anything depends on it. */
export function TryPattern({ projectId, pattern }: Props) {
  const [text, setText] = useState("");
  const [answer, setAnswer] = useState<Attempt<Tried> | null>(null);
  const [isBusy, start] = useTransition();
  const run = () => start(async () => setAnswer(await tryOut({ projectId, pattern, text })));
  return (
    <div className="flex flex-col gap-3 rounded-md bg-subtle p-3">
      <Field label="Try it on a text" hint="The project's latest failures are looked through as well.">
        <Textarea value={text} onChange={(event) => setText(event.target.value)} maxLength={20_000} />
      </Field>
      <Button className="self-start" busy={isBusy} disabled={pattern.trim() === ""} onClick={run}>
        Try pattern
      </Button>
      <div aria-live="polite">{answer && <Outcome projectId={projectId} answer={answer} />}</div>
    </div>
  );
}

function Outcome({ projectId, answer }: { projectId: string; answer: Attempt<Tried> }) {
  if (!answer.ok)
    return (
      <Notice tone="error" title="This pattern cannot be used">
        {answer.error.fields?.pattern ?? answer.error.detail}
      </Notice>
    );
  const { inText, searched, found, examples } = answer.value;
  return (
    <div className="flex flex-col gap-2">
      <p>In the text: {inText.length === 0 ? "nothing found" : <Hints hints={inText} />}</p>
      <p>
        In the latest {searched} failures: {found === 0 ? "nothing found" : `found in ${found}`}
        {found > 0 && found === searched && searched > 5 && ", which is all of them: is it too wide?"}
      </p>
      <ul className="flex flex-col gap-1">
        {examples.map(({ runId, resultId, run, test, hint }) => (
          <li key={resultId} className="flex flex-wrap gap-x-2">
            <Link href={`/projects/${projectId}/runs/${runId}?result=${resultId}`} className="underline">
              Run {run}: {test}
            </Link>
            <Hints hints={[hint]} />
          </li>
        ))}
      </ul>
    </div>
  );
}

const Hints = ({ hints }: { hints: readonly string[] }) => (
  <>
    {[...new Set(hints)].slice(0, 10).map((hint) => (
      <code key={hint} className="mr-1 break-all rounded bg-hover px-1 font-mono text-code">
        {hint}
      </code>
    ))}
  </>
);
