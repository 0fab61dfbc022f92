import { Layers, List } from "lucide-react";
import type { MouseEvent } from "react";
import { cn } from "@/components/ui/cn";
import type { ChangeAddress } from "./use-run-address";
import type { View } from "./view-of";

const views = [
  { view: "problems", word: "Problems", icon: Layers },
  { view: "results", word: "Results", icon: List },
] as const;

// Another view begins with all that it has.
const afresh = { group: null, result: null, status: null, q: null, only: null };

/** The two ways to look at a run. Links, so that either can be opened in a tab of its own. */
export const ViewSwitch = ({ view, change }: { view: View; change: ChangeAddress }) => (
  <nav aria-label="Views of this run" className="flex shrink-0 rounded-md border p-0.5">
    {views.map(({ view: name, word, icon: Icon }) => (
      <a
        key={name}
        href={`?view=${name}`}
        aria-current={view === name ? "page" : undefined}
        onClick={(event: MouseEvent) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          if (view !== name) change({ ...afresh, view: name }, "push");
        }}
        className={cn(
          "inline-flex h-6 items-center gap-1.5 rounded px-2",
          view === name ? "bg-selected font-medium" : "text-muted hover:bg-hover hover:text-fg",
        )}
      >
        <Icon className="size-3.5" aria-hidden /> {word}
      </a>
    ))}
  </nav>
);
