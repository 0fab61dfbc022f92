import { ExternalLink } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";

type Props = { label: string; text: string; guide?: string | null; children: string };

/** An address of ours that is entered in the tracker. */
export const OwnAddress = ({ label, text, guide, children }: Props) => (
  <div>
    <p className="font-medium">{label}</p>
    <div className="flex max-w-xl items-center gap-1 rounded-md border bg-subtle py-0.5 pr-1 pl-2.5">
      <code className="min-w-0 flex-1 break-all font-mono text-code">{text}</code>
      <CopyButton text={text} label={`Copy the ${label.toLowerCase()}`} />
    </div>
    <p className="mt-1 max-w-xl text-meta text-muted">
      {children}{" "}
      {guide && (
        <a href={guide} target="_blank" rel="noreferrer" className="text-link underline">
          How to set it up <ExternalLink className="inline size-3" aria-hidden />
          <span className="sr-only"> (opens in a new tab)</span>
        </a>
      )}
    </p>
  </div>
);
