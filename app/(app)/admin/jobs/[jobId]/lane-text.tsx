import { cn } from "@/components/ui/cn";
import { looks } from "../state-mark";
import type { Lane } from "./lanes";

/** A line of the timeline in words: its state, its name, how often and how long. */
export function LaneText({ lane }: { lane: Lane }) {
  const { icon: Icon, word, colour } = looks[lane.state];
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <Icon className={cn("size-3.5 shrink-0", colour, lane.state === "running" && "animate-spin")} aria-hidden />
      <span className={cn("min-w-0 truncate", lane.isOurs ? "text-muted" : "font-mono text-code")} title={lane.name}>
        {lane.name}
      </span>
      <span className="sr-only">, {word}</span>
      <span className="ml-auto shrink-0 whitespace-nowrap pl-2 text-meta text-muted">
        {[lane.attempts, lane.took].filter(Boolean).join(" · ")}
      </span>
    </div>
  );
}
