"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { statusLooks } from "@/components/results/status";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { ResultStatus } from "@/lib/db/generated/enums";
import type { Matrix } from "@/lib/results/case-shapes";
import { environmentName, resultHref } from "./result-href";

type Place = { row: number; column: number };
type Cell = Matrix["environments"][number]["cells"][number];
type Run = Matrix["runs"][number];

const steps: Record<string, [row: number, column: number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** A case's results, environments by runs, the latest run last. One stop of the tab key; arrows lead through it. */
export function CaseMatrix({ projectId, matrix }: { projectId: string; matrix: Matrix }) {
  const { runs, environments, moreEnvironments } = matrix;
  const box = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<Place | null>(null);
  const [pointed, setPointed] = useState<Place | null>(null);
  const stop = chosen ?? latestOf(environments);

  useEffect(() => {
    // What happened last stands at the right.
    box.current?.scrollTo({ left: box.current.scrollWidth });
  }, []);

  const onKey = (event: KeyboardEvent) => {
    const next = placeAfter(event.key, stop, environments);
    if (!next) return;
    event.preventDefault();
    setChosen(next);
    box.current?.querySelector<HTMLElement>(`[data-place="${next.row}-${next.column}"]`)?.focus();
  };

  const told = pointed ?? chosen ?? stop;
  const run = told && runs[told.column];
  const environment = told && environments[told.row];
  const cell = environment?.cells[told?.column ?? 0];
  return (
    <div>
      {/* Table and cells keep their native roles; arrows are a help beside the links. */}
      <div ref={box} className="relative overflow-x-auto pb-1">
        <table className="border-separate border-spacing-px">
          <caption className="sr-only">
            {runs.length === 1 ? "The only run" : `The latest ${runs.length} runs`} of this case, oldest first
          </caption>
          <tbody onKeyDown={onKey} onPointerLeave={() => setPointed(null)}>
            {environments.map(({ name, cells }, row) => (
              <tr key={name}>
                <th
                  scope="row"
                  title={environmentName(name)}
                  className="sticky left-0 z-10 min-w-16 max-w-40 truncate bg-surface pr-3 text-left font-normal text-meta text-muted max-sm:max-w-24"
                >
                  {environmentName(name)}
                </th>
                {cells.map((one, column) => {
                  const of = runs[column];
                  const place = { row, column };
                  return (
                    <td key={of?.id} className="size-6 p-0" onPointerEnter={() => setPointed(one ? place : null)}>
                      {one && of ? (
                        <Link
                          href={resultHref(projectId, { runId: of.id, resultId: one.resultId })}
                          data-place={`${row}-${column}`}
                          tabIndex={stop?.row === row && stop.column === column ? 0 : -1}
                          onFocus={() => setChosen(place)}
                          prefetch={false}
                          aria-label={`${statusLooks[one.status].word} in run #${of.number}, ${environmentName(name)}`}
                          className={cn(
                            "flex size-6 items-center justify-center rounded-sm bg-subtle hover:bg-hover",
                            statusLooks[one.status].colour,
                          )}
                        >
                          <Icon status={one.status} />
                        </Link>
                      ) : (
                        <span className="sr-only">not run</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {moreEnvironments > 0 && (
        <p className="text-meta text-muted">
          and {moreEnvironments} more {moreEnvironments === 1 ? "environment" : "environments"}
        </p>
      )}
      {run && environment && cell && <Told run={run} environment={environment.name} cell={cell} />}
    </div>
  );
}

function Icon({ status }: { status: ResultStatus }) {
  const { icon: Shape } = statusLooks[status];
  return <Shape className="size-4" aria-hidden />;
}

/** What the pointer or the keyboard is on, in words. */
function Told({ run, environment, cell }: { run: Run; environment: string; cell: NonNullable<Cell> }) {
  const { word, colour } = statusLooks[cell.status];
  return (
    <p className="mt-1 flex min-h-5 flex-wrap gap-x-2 text-meta text-muted" data-testid="told">
      <span className={cn("font-medium", colour)}>{word}</span>
      <span>run #{run.number}</span>
      <span className="max-w-48 truncate">{environmentName(environment)}</span>
      {run.branch && <span className="max-w-48 truncate">{run.branch}</span>}
      {run.commit && <span className="font-mono">{run.commit.slice(0, 7)}</span>}
      <Time at={run.createdAt} />
    </p>
  );
}

/** The latest result of the first environment that has one. */
function latestOf(environments: Matrix["environments"]): Place | null {
  for (const [row, { cells }] of environments.entries()) {
    const column = cells.findLastIndex((cell) => cell !== null);
    if (column >= 0) return { row, column };
  }
  return null;
}

/** The next result in the direction of the key; where the run has none, the one behind it. */
export function placeAfter(key: string, from: Place | null, environments: Matrix["environments"]): Place | null {
  if (!from) return null;
  const cells = environments[from.row]?.cells ?? [];
  if (key === "Home") return { row: from.row, column: cells.findIndex((cell) => cell !== null) };
  if (key === "End") return { row: from.row, column: cells.findLastIndex((cell) => cell !== null) };
  const step = steps[key];
  if (!step) return null;
  let { row, column } = from;
  do {
    row += step[0];
    column += step[1];
    if (environments[row]?.cells[column]) return { row, column };
  } while (row in environments && column >= 0 && column < cells.length);
  return null;
}
