import { TriangleAlert } from "lucide-react";
import { cn } from "@/components/ui/cn";

const thousands = (count: number) => `${(count / 1_000).toFixed(1)} k`;

type Props = { sizeChars: number; limitChars: number; losses: readonly string[]; isCut: boolean };

/** How much of the tracker's limit the text takes, and what the tracker cannot keep of it. */
export function SizeMeter({ sizeChars, limitChars, losses, isCut }: Props) {
  const share = Math.min(sizeChars / limitChars, 1);
  return (
    <div className="flex flex-col gap-1 text-meta text-muted">
      <p className="flex flex-wrap items-center gap-2">
        <span aria-hidden className="h-1 w-16 overflow-hidden rounded bg-hover">
          <span
            className={cn("block h-full", isCut ? "bg-danger" : "bg-accent")}
            style={{ width: `${share * 100}%` }}
          />
        </span>
        <span>
          {sizeChars < 1_000 ? sizeChars : thousands(sizeChars)} of {thousands(limitChars)} characters ·{" "}
          {losses.length === 0 && !isCut ? "nothing lost" : ""}
          {isCut && "the end is cut and linked"}
        </span>
      </p>
      {losses.length > 0 && (
        <ul className="flex flex-col gap-0.5">
          {losses.map((loss) => (
            <li key={loss} className="flex gap-1">
              <TriangleAlert className="mt-0.5 size-3 shrink-0 text-flaky" aria-hidden /> {loss}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
