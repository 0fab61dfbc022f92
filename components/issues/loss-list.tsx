import { ChevronRight, TriangleAlert } from "lucide-react";
import type { Loss } from "@/lib/richtext/losses";

// What people call it; a kind that is not here is called by its own name.
const names: Record<string, string> = {
  codeBlock: "code block",
  hardBreak: "line break",
  horizontalRule: "rule",
  image: "picture",
  attachment: "file",
  textStyle: "coloured text",
  taskList: "task list",
  taskItem: "task",
  tableCell: "cell of a table",
  tableHeader: "header cell",
  details: "fold",
  underline: "underlining",
};

const named = ({ kind, count }: Loss): string => {
  const name = names[kind] ?? kind;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${count > 1 ? ` (${count} times)` : ""}`;
};

const shownAtOnce = 3;

/** What the tracker cannot keep, and what became of it; a long list folds. */
export function LossList({ losses }: { losses: readonly Loss[] }) {
  if (losses.length === 0) return null;
  const lines = losses.map((loss) => (
    <li key={`${loss.kind} ${loss.became}`} className="flex gap-1">
      <TriangleAlert className="mt-0.5 size-3 shrink-0 text-flaky" aria-hidden />
      <span className="min-w-0 break-words">
        {named(loss)}: {loss.became}
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
