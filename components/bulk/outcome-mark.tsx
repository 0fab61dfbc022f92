import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleHelp,
  CircleX,
  Clock,
  LoaderCircle,
  type LucideIcon,
  SearchCheck,
} from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { Outcome } from "@/lib/issues/bulk/shapes";

// Each outcome has its own icon, beside its word.
const looks: Record<Outcome, { icon: LucideIcon; className: string }> = {
  waiting: { icon: CircleDashed, className: "text-muted" },
  creating: { icon: LoaderCircle, className: "animate-spin text-link" },
  held: { icon: Clock, className: "text-flaky" },
  checking: { icon: SearchCheck, className: "text-flaky" },
  undecided: { icon: CircleHelp, className: "text-flaky" },
  created: { icon: CircleCheck, className: "text-passed" },
  exists: { icon: CircleDot, className: "text-muted" },
  failed: { icon: CircleX, className: "text-failed" },
  cancelled: { icon: Ban, className: "text-muted" },
};

export const OutcomeMark = ({ outcome }: { outcome: Outcome }) => {
  const { icon: Icon, className } = looks[outcome];
  return <Icon className={cn("size-3.5 shrink-0", className)} aria-hidden />;
};
