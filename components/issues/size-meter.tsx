import { cn } from "@/components/ui/cn";
import type { RenderedBody } from "@/lib/richtext/render-body";
import { LossList } from "./loss-list";

const thousands = (count: number) => (count < 1_000 ? `${count}` : `${(count / 1_000).toFixed(1)} k`);

type Props = RenderedBody & { /** How many secrets in it are masked. */ maskedCount: number };

/** How much of the tracker's limit the text takes, and what the tracker cannot keep of it. */
export function SizeMeter({ sizeChars, limitChars, losses, isCut, maskedCount }: Props) {
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
          {thousands(sizeChars)} of {thousands(limitChars)} characters
          {isCut ? " · the end is cut, the failure is linked" : losses.length === 0 && " · nothing lost"}
          {maskedCount > 0 && ` · ${maskedCount === 1 ? "1 secret" : `${maskedCount} secrets`} masked, see below`}
        </span>
      </p>
      <LossList losses={losses} />
    </div>
  );
}
