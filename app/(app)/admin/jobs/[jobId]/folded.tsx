import { ChevronRight } from "lucide-react";

const SHORT = 400;

/** A text that may be long: the first of it, and the whole on demand. */
export function Folded({ text }: { text: string }) {
  const lines = "whitespace-pre-wrap break-words font-mono text-code";
  if (text.length <= SHORT && text.split("\n").length <= 6) return <p className={lines}>{text}</p>;
  const short = text.split("\n").slice(0, 4).join("\n").slice(0, SHORT);
  return (
    <details className="group">
      <summary className={`list-none ${lines}`}>
        <ChevronRight className="mr-1 inline size-3.5 transition-transform group-open:rotate-90" aria-hidden />
        <span className="group-open:hidden">{short} …</span>
        <span className="hidden group-open:inline">Show less</span>
      </summary>
      <p className={lines}>{text}</p>
    </details>
  );
}
