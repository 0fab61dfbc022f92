import { ChevronRight, TriangleAlert } from "lucide-react";
import type { Loss } from "@/lib/richtext/losses";

// What people call it; a kind that is not here is called by its own name.
const names: Record<string, [one: string, many: string]> = {
  codeBlock: ["code block", "code blocks"],
  hardBreak: ["line break", "line breaks"],
  horizontalRule: ["rule", "rules"],
  image: ["picture", "pictures"],
  attachment: ["file", "files"],
  textStyle: ["coloured text", "coloured texts"],
  highlight: ["highlight", "highlights"],
  taskList: ["task list", "task lists"],
  taskItem: ["task", "tasks"],
  tableCell: ["cell of a table", "cells of tables"],
  tableHeader: ["header cell", "header cells"],
  details: ["fold", "folds"],
  emoji: ["emoji", "emoji"],
  underline: ["underlining", "underlinings"],
};

const named = ({ kind, count }: Loss): string => {
  const [one, many] = names[kind] ?? [kind, `${kind}s`];
  return count === 1 ? `A ${one}`.replace(/^A (?=[aeiou])/, "An ") : `${count} ${many}`;
};

const shownAtOnce = 3;

/** What the tracker cannot keep, and what became of it; a long list folds. */
export function LossList({ losses }: { losses: readonly Loss[] }) {
  if (losses.length === 0) return null;
  const lines = losses.map((loss) => (
    <li key={`${loss.kind} ${loss.became}`} className="flex gap-1">
      <TriangleAlert className="mt-0.5 size-3 shrink-0 text-flaky" aria-hidden />
      <span className="min-w-0 break-words">
        {named(loss)} {loss.count === 1 ? "becomes" : "become"} {loss.became}
        {loss.where && <span className="text-muted"> · “{loss.where}”</span>}
      </span>
    </li>
  ));
  if (losses.length <= shownAtOnce) return <ul className="flex flex-col gap-0.5">{lines}</ul>;
  return (
    <details className="group">
      <summary className="flex cursor-pointer list-none items-center gap-1 hover:text-fg">
        <ChevronRight className="size-3 shrink-0 transition-transform group-open:rotate-90" aria-hidden />
        {losses.length} things look different there
      </summary>
      <ul className="mt-0.5 flex max-h-40 flex-col gap-0.5 overflow-y-auto pl-4">{lines}</ul>
    </details>
  );
}
