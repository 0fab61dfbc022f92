import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import type { Severity } from "@/lib/db/generated/enums";
import { SeverityMark } from "./severity-mark";
import { severityWords } from "./words";

type Props = Omit<ComponentProps<typeof Button>, "children"> & {
  /** Null: of several. */
  severity: Severity | null;
  /** The reader may only look. */
  isFixed?: boolean;
};

/** How bad it is, and the way to say otherwise. */
export function SeverityButton({ severity, isFixed = false, ...rest }: Props) {
  const words = severity ? severityWords[severity] : "Severity";
  if (isFixed)
    return (
      <span className="inline-flex items-center gap-1.5 font-medium text-fg">
        {severity && <SeverityMark severity={severity} isNamed />} {words}
        <span className="sr-only"> severity</span>
      </span>
    );
  return (
    <Button size="sm" aria-keyshortcuts="s" title="Severity (s)" {...rest}>
      {severity && <SeverityMark severity={severity} isNamed />} {words}
      {severity && <span className="sr-only"> severity</span>}
      <ChevronDown className="text-muted" aria-hidden />
    </Button>
  );
}
