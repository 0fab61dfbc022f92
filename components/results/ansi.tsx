import Anser from "anser";
import { cn } from "@/components/ui/cn";
import { onlyColours } from "@/lib/richtext/terminal";

// The terminal's colours in ours, so that both themes keep their contrast.
const colours: Record<string, string> = {
  "ansi-red": "text-failed",
  "ansi-bright-red": "text-failed",
  "ansi-green": "text-passed",
  "ansi-bright-green": "text-passed",
  "ansi-yellow": "text-flaky",
  "ansi-bright-yellow": "text-flaky",
  "ansi-blue": "text-link",
  "ansi-bright-blue": "text-link",
  "ansi-magenta": "text-blocked",
  "ansi-bright-magenta": "text-blocked",
  "ansi-cyan": "text-link",
  "ansi-bright-cyan": "text-link",
  "ansi-bright-black": "text-muted",
};

const decorations: Record<string, string> = {
  bold: "font-semibold",
  italic: "italic",
  underline: "underline",
  strikethrough: "line-through",
  dim: "text-muted",
};

/** Text with the colours that the terminal would have shown. */
export function Ansi({ text }: { text: string }) {
  const coloured = onlyColours(text);
  if (!coloured.includes("\u001b")) return coloured;
  return Anser.ansiToJson(coloured, { use_classes: true, remove_empty: true }).map(
    ({ content, fg, decorations: kinds }, index) => (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one fixed text.
        key={index}
        className={cn(
          fg && colours[fg],
          kinds.map((kind) => decorations[kind]),
        )}
      >
        {content}
      </span>
    ),
  );
}
