import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleSlash,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Moon,
  RotateCw,
} from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { JobState } from "@/lib/jobs/inputs";
import type { JobStep } from "@/lib/jobs/shapes";

type State = JobState | JobStep["state"] | "paused";
type Look = { word: string; icon: LucideIcon; colour: string; bar: string };

// What stands still is striped, so that a bar tells by its pattern too whether anything was done in its time.
const striped =
  "bg-[repeating-linear-gradient(135deg,currentColor_0_2px,transparent_2px_5px)] opacity-70 ring-1 ring-current ring-inset";

/** Each state has its own icon and word, so that colour is never alone; `bar` is its look on a timeline. */
export const looks: Record<State, Look> = {
  queued: { word: "Queued", icon: CircleDashed, colour: "text-muted", bar: striped },
  planned: { word: "Planned", icon: CircleDashed, colour: "text-muted", bar: striped },
  running: { word: "Running", icon: LoaderCircle, colour: "text-link", bar: "bg-current" },
  retrying: { word: "Retrying", icon: RotateCw, colour: "text-flaky", bar: striped },
  waiting: { word: "Waiting", icon: Hourglass, colour: "text-blocked", bar: striped },
  sleeping: { word: "Sleeping", icon: Moon, colour: "text-blocked", bar: striped },
  paused: { word: "Paused", icon: CirclePause, colour: "text-flaky", bar: striped },
  completed: { word: "Completed", icon: CircleCheck, colour: "text-passed", bar: "bg-current" },
  failed: { word: "Failed", icon: CircleX, colour: "text-failed", bar: "bg-current" },
  cancelled: { word: "Cancelled", icon: CircleSlash, colour: "text-skipped", bar: striped },
};

/** How a job or a step stands, by an icon and a word. */
export function StateMark({ state, className }: { state: State; className?: string }) {
  const { icon: Icon, word, colour } = looks[state];
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap", className)}>
      <Icon className={cn("size-3.5 shrink-0", colour, state === "running" && "animate-spin")} aria-hidden /> {word}
    </span>
  );
}
