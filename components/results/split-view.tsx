import type { ReactNode, RefObject } from "react";
import { cn } from "@/components/ui/cn";

type Props = {
  isOpen: boolean;
  listRef: RefObject<HTMLDivElement | null>;
  paneRef: RefObject<HTMLDivElement | null>;
  list: ReactNode;
  pane: ReactNode;
};

/** A list on the left and what is open of it on the right; on a small screen one after the other. */
export const SplitView = ({ isOpen, listRef, paneRef, list, pane }: Props) => (
  <div className="relative flex min-h-0 flex-1">
    {/* Out of sight it keeps its size, and with it the place that was scrolled to. */}
    <div
      ref={listRef}
      className={cn("flex min-w-0 flex-1 flex-col md:max-w-[46%] md:border-r", isOpen && "max-md:invisible")}
    >
      {list}
    </div>
    <div
      ref={paneRef}
      tabIndex={-1}
      className={cn(
        "min-w-0 flex-1 overflow-y-auto bg-surface outline-none focus-visible:shadow-[inset_2px_0_0_var(--accent)]",
        isOpen ? "max-md:absolute max-md:inset-0" : "max-md:hidden",
      )}
    >
      {pane}
    </div>
  </div>
);
