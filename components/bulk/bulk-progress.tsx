import type { BulkView } from "@/lib/issues/bulk/shapes";
import { standingOf } from "./words";

// Each with a word in the sentence below it.
const parts = [
  { of: ["created", "exists"], className: "bg-passed" },
  { of: ["failed", "undecided"], className: "bg-failed" },
  { of: ["cancelled"], className: "bg-line-strong" },
] as const;

/** How far a job has come: a bar, and the same in a sentence. */
export function BulkProgress({ bulk }: { bulk: BulkView }) {
  const { counts, total } = bulk;
  const ended = parts.map(({ of, className }) => ({ className, n: of.reduce((sum, name) => sum + counts[name], 0) }));
  const words = standingOf(bulk);
  return (
    <div className="flex flex-col gap-1.5">
      <div
        role="progressbar"
        aria-label="Issues"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={ended.reduce((sum, { n }) => sum + n, 0)}
        aria-valuetext={words}
        className="flex h-2 overflow-hidden rounded-full bg-hover"
      >
        {ended.map(({ className, n }) => (
          <div
            key={className}
            className={`${className} transition-[width] motion-reduce:transition-none`}
            style={{ width: `${(n / Math.max(1, total)) * 100}%` }}
          />
        ))}
      </div>
      <p className="text-muted tabular-nums" role="status">
        {words}
      </p>
    </div>
  );
}
