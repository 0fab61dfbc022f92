import { cn } from "@/components/ui/cn";
import type { Severity } from "@/lib/db/generated/enums";
import { severities, severityWords } from "./words";

const colours: Record<Severity, string> = {
  critical: "text-failed",
  high: "text-error",
  medium: "text-muted",
  low: "text-muted",
  info: "text-muted",
};

/** A severity as bars that are more the worse it is; the word stands beside it, or is read out. */
export function SeverityMark({ severity, isNamed = false }: { severity: Severity; isNamed?: boolean }) {
  const level = severities.length - severities.indexOf(severity);
  const words = `Severity: ${severityWords[severity]}`;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has its words as a label, or beside it.
    <svg
      viewBox="0 0 14 12"
      className={cn("h-3 w-3.5 shrink-0 fill-current", colours[severity])}
      {...(isNamed ? { "aria-hidden": true } : { role: "img", "aria-label": words })}
    >
      {severities.map((name, index) => (
        <rect
          key={name}
          x={index * 3}
          y={10 - index * 2.5}
          width={2}
          height={2 + index * 2.5}
          opacity={index < level ? 1 : 0.25}
        />
      ))}
    </svg>
  );
}
